"""What is wrong between programs and the manifests beside them."""
