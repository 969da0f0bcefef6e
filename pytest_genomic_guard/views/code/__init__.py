"""Program text as its grammar sees it, for checks of credentials and of unsafe code. Nothing is imported or run."""
