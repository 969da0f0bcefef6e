"""Names out of books, films and comics, and of the long dead, which testers type in; a closed list, as `fictional` is.

A name that people bear, too, is nobody's only among others of its kind: see `people.nobodies`.
"""

from __future__ import annotations

from pytest_genomic_guard.identifiers.marks import words

# Names that nobody bears, by where they are from: each with the words that any spelling of it has
_UNLIKELY = """
wile coyote|elmer fudd|yosemite sam|foghorn leghorn|tweety bird|porky pig|speedy gonzales|marvin martian|supernintendo chalmers
seymour skinner|edna krabappel|moe szyslak|montgomery burns|waylon smithers|milhouse van houten|nelson muntz|ralph wiggum
clancy wiggum|barney gumble|apu nahasapeemapetilon|lenny leonard|troy mcclure|patty bouvier|selma bouvier|cletus spuckler
sideshow bob|pebbles flintstone|pearl slaghoople|george jetson|jane jetson|judy jetson|elroy jetson|yogi bear|obi wan kenobi
obiwan kenobi|ben kenobi|anakin skywalker|padme amidala|lando calrissian|boba fett|jango fett|jabba hutt|kylo ren|mace windu
qui gon jinn|poe dameron|jyn erso|cassian andor|din djarin|sheev palpatine|rey skywalker|ahsoka tano|jean luc picard
jeanluc picard|nyota uhura|hikaru sulu|pavel chekov|bones mccoy|deanna troi|geordi laforge|geordi la forge|tasha yar
wesley crusher|kathryn janeway|benjamin sisko|jadzia dax|julian bashir|bruce banner|natasha romanoff|peter quill|stephen strange
wanda maximoff|pepper potts|erik lehnsherr|otto octavius|reed richards|victor von doom|phil coulson|harley quinn|selina kyle
oswald cobblepot|edward nygma|alfred pennyworth|kara zor el|kal el|lex luthor|poison ivy|severus snape|draco malfoy
lucius malfoy|sirius black|remus lupin|rubeus hagrid|minerva mcgonagall|neville longbottom|luna lovegood|ginny weasley
ginevra weasley|percy weasley|bellatrix lestrange|dolores umbridge|cedric diggory|cho chang|dudley dursley|petunia dursley
vernon dursley|alastor moody|gandalf grey|gandalf the grey|samwise gamgee|sam gamgee|peregrin took|pippin took
meriadoc brandybuck|merry brandybuck|aragorn elessar|aragorn arathorn|legolas greenleaf|legolas thranduil|gimli gloin
arwen undomiel|thorin oakenshield|elrond halfelven|boromir gondor|eowyn rohan|tom bombadil|lobelia sackville baggins|ned stark
eddard stark|robb stark|sansa stark|bran stark|rickon stark|catelyn stark|cersei lannister|jaime lannister|tywin lannister
joffrey baratheon|stannis baratheon|theon greyjoy|yara greyjoy|samwell tarly|brienne tarth|jorah mormont|petyr baelish
viserys targaryen|rhaenyra targaryen|khal drogo|davos seaworth|ygritte wildling|monica geller|ross geller|chandler bing
joey tribbiani|phoebe buffay|pam beesly|pamela beesly|creed bratton|toby flenderson|erin hannon|sheldon cooper
leonard hofstadter|howard wolowitz|rajesh koothrappali|amy farrah fowler|bernadette rostenkowski|ted mosby|barney stinson
marshall eriksen|robin scherbatsky|lily aldrin|cosmo kramer|leslie knope|april ludgate|michael bluth|lucille bluth|tobias funke
buster bluth|jesse pinkman|saul goodman|gus fring|gustavo fring|hank schrader|skyler white|fox mulder|dana scully
walter skinner|buffy summers|rupert giles|xander harris|willow rosenberg|malcolm reynolds|zoe washburne|kermit frog|miss piggy
fozzie bear|cookie monster|philip fry|turanga leela|bender rodriguez|bender bending rodriguez|hubert farnsworth|zapp brannigan
kyle broflovski|eric cartman|butters stotch|stewie griffin|glenn quagmire|dale gribble|patrick star|squidward tentacles
eugene krabs|sandy cheeks|finn mertens|velma dinkley|shaggy rogers|lara croft|mario mario|luigi mario|ash ketchum
misty waterflower|link hyrule|princess peach|princess zelda|sonic hedgehog|solid snake|cloud strife|tifa lockhart
aerith gainsborough|geralt rivia|ezio auditore|forrest gump|jack sparrow|ellen ripley|marty mcfly|biff tannen|rocky balboa
tyler durden|hannibal lecter|clarice starling|rick deckard|hans gruber|katniss everdeen|peeta mellark|primrose everdeen
willy wonka|veruca salt|augustus gloop|mary poppins|matilda wormwood|pippi longstocking|pippi langstrumpf|pippi langstrump
becky thatcher|ebenezer scrooge|bob cratchit|phileas fogg|dorothy gale|jay gatsby|daisy buchanan|atticus finch|boo radley
holden caulfield|fitzwilliam darcy|anna karenina|sancho panza|don quixote|don quijote|hercule poirot|jane marple|james moriarty
mycroft holmes|count dracula|abraham van helsing|elsa arendelle|anna arendelle|scrooge mcduck|dagobert duck
huey duck|dewey duck|clarabelle cow|sheriff woody|woody pride|mike wazowski|sulley sullivan|easter bunny|tooth fairy
kris kringle|chuck norris|lucky luke|gaston lagaffe|testy mctestface|test mctestface|testy mctester|boaty mcboatface
dummy mcdummyface|rando calrissian
"""
# Names of such people that others bear, too; and of people who died before 1970 (45 CFR 160.103 ends protection fifty years
# after death), whose names their descendants may have
_LIKELY = """
otto mann|maggie simpson|abe simpson|abraham simpson|montgomery scott|leonard mccoy|william riker|beverly crusher|clint barton
charles xavier|jean grey|scott summers|wade wilson|norman osborn|mary jane watson|matt murdock|sue storm|johnny storm|ben grimm
nick fury|dick grayson|barry allen|hal jordan|oliver queen|arthur curry|jimmy olsen|harvey dent|fred weasley|george weasley
molly weasley|arthur weasley|tom riddle|robert baratheon|janice hosenstein|jim halpert|meredith palmer|kevin malone
george costanza|elaine benes|jerry seinfeld|ron swanson|andy dwyer|tom haverford|jake peralta|raymond holt|terry jeffords
liz lemon|jack donaghy|tracy jordan|kenneth parcell|mike ehrmantraut|rick sanchez|morty smith|summer smith|stan marsh
kenny mccormick|lois griffin|meg griffin|cleveland brown|bob belcher|linda belcher|tina belcher|gene belcher|louise belcher
hank hill|peggy hill|bobby hill|daphne blake|gordon freeman|will turner|elizabeth swann|emmett brown|doc brown|apollo creed
john rambo|norman bates|vito corleone|michael corleone|tony montana|travis bickle|sarah connor|kyle reese|john mcclane
ethan hunt|jason bourne|austin powers|bella swan|edward cullen|jacob black|percy jackson|annabeth chase|napoleon dynamite
ron burgundy|charlie bucket|huck finn|tom sawyer|oliver twist|david copperfield|scout finch|elizabeth bennet|jane eyre
edward rochester|victor frankenstein|jonathan harker|henry jekyll|edward hyde|jack frost|rachel green|michael scott
oscar martinez|angela martin|ryan howard|stanley hudson|kelly kapoor|andy bernard|phyllis vance|peter griffin|james kirk
steve rogers|jessica jones|luke cage|frank castle|danny rand|scott lang|carol danvers|hope van dyne|sam wilson|james rhodes
james barnes|bucky barnes|john wick|john connor|thomas anderson|amy wong|jim gordon|james gordon|ron stoppable|kim possible
jack bauer|don draper|peggy olson|betty draper|tony soprano|carmela soprano|dexter morgan|rick grimes|daryl dixon|carl grimes
lisa cuddy|james wilson|eric foreman|robert chase|allison cameron|john dorian|elliot reid|christopher turk|perry cox
carla espinosa|bob kelso|cristina yang|alex karev|izzie stevens|miranda bailey|richard webber|doug ross|mark greene|john carter
peter benton|susan lewis|sara sidle|tom paris|miles obrien|fred jones|albert einstein|marie curie|pierre curie|isaac newton
galileo galilei|leonardo da vinci|nikola tesla|thomas edison|charles darwin|ada lovelace|alan turing|florence nightingale
louis pasteur|alexander fleming|gregor mendel|rosalind franklin|niels bohr|max planck|ernest rutherford|michael faraday
james maxwell|john von neumann|blaise pascal|carl gauss|leonhard euler|bernhard riemann|david hilbert|emmy noether|kurt godel
johannes kepler|nicolaus copernicus|sigmund freud|carl jung|robert koch|joseph lister|edward jenner|john snow|ignaz semmelweis
clara barton|walter reed|george washington|abraham lincoln|thomas jefferson|john adams|benjamin franklin|theodore roosevelt
napoleon bonaparte|julius caesar|marcus aurelius|alexander hamilton|winston churchill|william shakespeare|jane austen
charles dickens|mark twain|oscar wilde|edgar poe|edgar allan poe|virginia woolf|emily bronte|charlotte bronte|emily dickinson
ernest hemingway|leo tolstoy|victor hugo|johann goethe|friedrich schiller|wolfgang mozart|wolfgang amadeus mozart
ludwig van beethoven|johann sebastian bach|frederic chopin|vincent van gogh|claude monet|frida kahlo|amelia earhart
harriet tubman|joan of arc|christopher columbus|marco polo|babe ruth|harry houdini|charlie chaplin|walt disney
"""
# Who sends messages to whom in cryptography (Rivest, Shamir, Adleman, 1978, and those who followed), by given name
CAST = words(
    "alice bob carol carlos charlie chuck craig dan dave david eve erin faythe frank grace heidi ivan judy mallory mallet merlin"
    " michael mike niaj olivia oscar peggy pat rupert sybil ted trent trudy victor vanna walter wendy"
)
FIRST_OF_CAST = frozenset({"alice", "bob"})


def _read(names: str) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(name.split()) for line in names.strip().splitlines() for name in line.split("|"))


UNLIKELY, LIKELY = _read(_UNLIKELY), _read(_LIKELY)
