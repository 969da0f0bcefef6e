"""People who are nobody: names that standards, forms and manuals give to their made-up patients.

A closed list. What is taken from where stands beside it; names are spelled in lower case without accents, in any order.
"""

from __future__ import annotations

from pytest_genomic_guard.identifiers.characters import UNLIKELY
from pytest_genomic_guard.identifiers.marks import words

# Words that make any name with them a placeholder: what people type into test systems (hospitals begin test patients with Z, so
# that they sort last); HL7 v2.x, examples of every chapter (Adam Everyman, Eve Everywoman, Nelda Nuclear); specimen documents
# of Germany (Mustermann); unnamed parties of courts of the United States, whom ANSI X12 guides use too (Doe).
STRONG = frozenset(
    # what people type into test systems; hospitals begin test patients with Z so that they sort last
    [
        "test",
        "tester",
        "testing",
        "testpatient",
        "testcase",
        "zztest",
        "zzztest",
        "zzzztest",
        "zz",
        "zzz",
        "zzzz",
        "zztestpatient",
        "xxtest",
        "zzpatient",
        "ztest",
        "xtest",
        "testerson",
        "testy",
        "testman",
        "testperson",
        "testlastname",
        "testfirstname",
        "testsson",
        "testsen",
        "testington",
        "testalot",
        "mctest",
        "mctester",
        "mctestface",
        "mctesterson",
        "mctesty",
        "tst",
        "dummy",
        "fake",
        "placeholder",
        "firstname",
        "lastname",
        "forename",
        "surname",
        "fname",
        "lname",
        "givenname",
        "familyname",
        "anonymous",
        "anonymized",
        "anonymised",
        "anonymus",
        "anonym",
        "deidentified",
        "redacted",
        "synthetic",
        "fictitious",
        "fictional",
        "nobody",
        "noname",
        "notreal",
        "notarealperson",
        "lorem",
        "ipsum",
        "synthea",
        "xxx",
        "xxxx",
        "xxxxx",
        "xxxxxx",
        "everyman",
        "kleinsample",
        "everywoman",
        "everychild",
        "nuclear",
        "mustermann",
        "musterfrau",
        "musterkind",
        "mustermensch",
        "musterpatient",
        "beispielpatient",
        "testmann",
        "doe",
        "johndoe",
        "janedoe",
    ]
)
# Words that make a name a placeholder where all of its words are among them.
WEAK = words("""
patient patients pt sample example demo mock subject participant person individual somebody someone anybody user client member
customer case baby boy girl male female man woman mother father child unknown unidentified none null na name names given
family first last middle full your a b c d x y z string text value foo bar baz qux foobar blah asdf qwerty abc xyz one two
three four five six seven eight nine ten eleven twelve zero alpha beta gamma delta i ii iii iv v mr mrs ms miss dr jr sr new
old some any other no not available provided declined refused withheld hidden masked removed basic simple minimal complete
generic standard default random invalid valid empty regular control
""")
# Given and family names that mean nobody together.
_TOGETHER = """
jane roe|richard roe|john roe|mary roe|baby roe|joe bloggs|fred bloggs|jane bloggs|jo bloggs|john q public|john public|jane public
john q citizen|john citizen|jane citizen|joe public|joe average|joe blow|joe sixpack|joe schmo|john stiles|richard miles
mickey mouse|minnie mouse|donald duck|daisy duck|daffy duck|bugs bunny|peter pan|peter rabbit|santa claus
father christmas|bart simpson
homer simpson|marge simpson|lisa simpson|ned flanders|fred flintstone|wilma flintstone|barney rubble|betty rubble
clark kent|bruce wayne
peter parker|tony stark|lois lane|diana prince|harry potter|hermione granger|ron weasley|albus dumbledore|frodo baggins
bilbo baggins
luke skywalker|darth vader|han solo|leia organa|sherlock holmes|james bond|indiana jones|winnie pooh|charlie brown
snow white|robin hood|alice wonderland|humpty dumpty|jack sprat|buzz lightyear|spongebob squarepants|scooby doo
arthur dent|ford prefect|zaphod beeblebrox|trillian mcmillan|gregory house|meredith grey
derek shepherd|hawkeye pierce|jon snow|arya stark|tyrion lannister|daenerys targaryen|dwight schrute
peter chalmers|jim chalmers|peter james chalmers|peter jim chalmers|peter windsor|benedicte du marche|benedicte denise marche
todd lerr|todd g lerr|eve betterhalf|adam careful|duck fenton|pieter van de heuvel|jochem lichtenberg
patricia primary|henry levin|aaron attending|theodore admit|gregory public|nelda nuclear|william a jones iii|isabella jones
ross isabella|freda fictitious|amy shaw|amy v shaw|brenda jackson
sarah abels|lucy radiant|huckleberry finn|adam rumpelstiltskin|golden retriever|madelynn snow|madelynn ainsley snow
roger mcbee|roger rienman mcbee|myra jones|richard maur|lisa nelson|linda nelson|wilma crawford|juan damore
timothy bixby|timothy paul bixby|kent bixby|barbara bixby|elise wong|ralph jones|sandy notsowell
erika gabler|lieschen muller|otto normalverbraucher|jean dupont|jeanne dupont|pierre dupont|marie dupont
mario rossi|juan perez|fulano de tal|fulano|mengano|zutano|juan nadie|joao da silva|ze ninguem|jan kowalski|jan novak|kari nordmann
minta janos|gipsz jakab|janez novak|вася пупкин|василии пупкин|иван иванов|иван иванович иванов|foulan alfoulani
ola nordmann|medel svensson|tolvan tolvansson|matti meikalainen|maija meikalainen|jan modaal|jan jansen|jan met de pet|piet jansen
israel israeli|taro yamada|hanako yamada|ivan ivanov|ivan ivanovich ivanov|hong gildong|hong gil dong|juan dela cruz
"""
# Where they are from: courts and forms of the United States, the United Kingdom, Canada and Australia; films and comics that
# testers take; HL7 FHIR R4 examples (patient/example and those linked from it: Chalmers, du Marche, van de Heuvel, Levin,
# Betterhalf; Lerr of the laboratory guide; Shaw is US Core's example); HL7 v2.5.1 (Nuclear, Primary, Attending, Admit);
# C-CDA samples (Jones, Ross, Everyman, Maur, Nelson, Crawford, McBee); HL7 v2-to-FHIR and immunisation samples (Radiant, Bixby,
# Snow); specimen documents and textbooks of Germany, France, Italy, Spain, Portugal, Brazil, Poland, Czechia, Norway, Sweden,
# Finland, the Netherlands, Israel, Japan, Russia, Korea and the Philippines.
TOGETHER: frozenset[frozenset[str]] = UNLIKELY | frozenset(
    frozenset(name.split()) for line in _TOGETHER.strip().splitlines() for name in line.split("|")
)
# The same in scripts without small letters.
ELSEWHERE = words("""
山田太郎 山田花子 张三 張三 李四 王五 赵六 홍길동 פלוניאלמוני ישראלישראלי
""")
