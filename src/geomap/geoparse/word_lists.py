"""Word lists that tell places from people, organisations, treaties and the like.

General English of news; nothing here names a place, a text or a person of one.
"""

from __future__ import annotations

from geomap.geoparse.word_list import word_set

FIRST_NAMES = word_set(
    """aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alejandro aleksandr alex
    alexander alexandra alexei alexey alfred ali alice alicia alison allan allen amanda
    amber amir amy ana anatoly andre andrea andreas andrei andrew andrey andy angel angela
    anita ann anna anne annie anthony antonio antony anwar ara aram armen arsen
    arthur artur asad ashley ayaz aziz barack barbara bashar ben benjamin bernard beth betty
    bill billy bob bobby boris brad bradley brandon brenda brent brett brian bruce bryan carl
    carla carlos carol caroline catherine cathy chad charles charlie charlotte cheryl chloe
    chris christian christina christine christopher chuck cindy claire clara claude colin
    connie craig cristina crystal curtis cynthia dale dan daniel danielle danny dave david
    dean deborah debra denis denise dennis derek diana diane diego dina dmitri dmitry don
    donald donna doris dorothy doug douglas duncan dylan ed eddie edgar eduard eduardo edward
    edwin eileen elena elizabeth ellen elmar elnur emil emily emma enrique eric erik erin
    ernest eugene eva evan evelyn farhad fatima felix fernando fidel francis francisco frank
    franklin fred frederick gabriel gareth gary gavin gayane gene geoffrey george gerald
    gerard gilbert giorgi giovanni glen glenn gloria gordon grace graham greg gregory guy
    hakan hamid hannah harold harry hasan hassan hayk heather heidi helen henry herbert hikmet
    holly howard hugh hugo hussein ian ibrahim igor ilham ilya imran irene irina isaac isabel
    ismail ivan jack jackie jacob jacques jaime jake james jamie jan jane janet janice jared
    jason javier jay jean jeff jeffrey jennifer jenny jeremy jerome jerry jesse jessica jesus
    jill jim jimmy joan joanna joe joel johan johannes john johnny jon jonathan jorge
    jose joseph josh joshua juan judith judy julia julian julie jürgen justin karen karim karl
    kate katherine kathleen kathy katie keith kelly ken kenneth kevin khaled khalid kim
    kimberly klaus konstantin kurt kyle lance larry laura lauren laurence lawrence
    lee leila leo leon leonard leonid lewis liam lilit linda lindsay lisa liz lloyd lois louis
    louise lucas lucy luis luke lynn mahmoud mahmud malcolm manuel marc marcel marco marcus
    margaret maria marian marie marilyn mario marion mark marta martha martin marvin mary matt
    matthew maureen max maxim megan mehmet melissa michael michel michele michelle miguel mike
    mikhail mohamed mohammad mohammed monica mustafa nadia nancy narek natalia natalie natasha
    nathan neil nelson nicholas nick nicola nicolas nicole nigel nikita nikol nikolai nikolay
    nina noah norman oleg olga oliver omar oscar osman owen pablo pamela patricia patrick paul
    paula pedro peggy penny pete peter phil philip philippe phillip pierre rachel rafael ralph
    ramon ramzan rashid raul ray raymond rebecca recep reza ricardo richard rick ricky rob
    robert roberto robin rodney roger roland roman ron ronald rosa rose ross roy ruben russell
    rusty ruth ryan said salman sally sam samantha samir samuel sandra sara sarah scott sean
    sebastian sergei sergey sergio seth seyran shane shannon sharon sheila shirley simon
    sophie stacy stanley stefan stella stephanie stephen steve steven stuart sue susan suzanne
    sylvia tamara tammy tanya tariq tatiana ted teresa terry theodore theresa thomas tiffany
    tigran tim timothy tina todd tom tommy toni tony tracy travis trevor tyler vadim vahan
    valentin valentina valery vanessa vasily vera vernon veronica vicki victor victoria viktor
    vincent viola virginia vitaly vladimir volodymyr wade wallace walter wang warren wayne
    wendy werner will william willie xavier yuri yusuf yves zhang zoe"""
)
PLACELIKE_FIRST_NAMES = word_set("virginia georgia victoria jordan chad carolina")

TITLES = word_set(
    """mr mrs ms miss dr prof professor sir lord lady dame president premier chancellor minister
    secretary senator sen rep congressman congresswoman representative gov governor mayor
    councilman councilwoman alderman commissioner ambassador spokesman spokeswoman
    spokesperson chairman chairwoman chairperson chair director chief judge justice attorney
    prosecutor sheriff deputy officer detective inspector constable sergeant sgt captain capt
    colonel col lieutenant lt major maj general gen admiral adm marshal commander cmdr cpl
    corporal pvt private pope bishop archbishop cardinal father fr rev reverend pastor rabbi
    imam sheikh ayatollah king queen prince princess emperor sultan emir coach manager striker
    midfielder defender goalkeeper quarterback leader author actor actress singer director
    journalist correspondent analyst economist prime-minister mp mep ceo founder
    superintendent supt trooper"""
)

ORGANISATION_WORDS = word_set(
    """ministry university college institute academy school bank fc cf sc ac afc club inc ltd llc
    cjsc ojsc jsc pjsc plc corp corporation co company group holdings holding agency
    association federation foundation society union institute laboratory museum theatre
    theater orchestra philharmonic symphony hospital clinic library church cathedral hotel
    airlines airways motors exchange committee council commission department bureau office
    court police brigade regiment battalion party league conference congress assembly
    parliament senate chamber center centre fund trust partners capital energy oil gas
    petroleum resources mining gold media television tv radio press news stadium arena"""
)
NEWSPAPERS = word_set(
    """times post herald chronicle tribune gazette daily news journal observer guardian star
    telegraph mail express sun mirror globe inquirer examiner dispatch courier sentinel
    bulletin register record review reporter standard monitor advertiser leader argus echo
    today independent press republic world-herald post-dispatch"""
)
TREATY_WORDS = word_set(
    """treaty treaties agreement agreements accord accords convention conventions declaration
    protocol protocols pact process format statement memorandum communique communiqué charter
    principles summit consensus rules ceasefire"""
)
TREATY_HEADS = TREATY_WORDS - {"summit", "ceasefire", "process", "statement", "rules", "format"}
AFTER_NOT_PLACE = word_set(
    """prize award cup open marathon festival derby stakes classic bowl masters trophy medal
    biennale syndrome sausage sausages sprouts sauce cheese wine beer bread salad chicken crab
    rice tea coffee cream fever virus shawl carpet cherry street st. avenue ave boulevard blvd
    drive lane terrace court square road rd parkway pkwy plaza ballet opera"""
)
SIDES = word_set(
    """north south east west northern southern eastern western central upper lower greater inner
    outer northeast northwest southeast southwest northeastern northwestern southeastern
    southwestern mid downtown metro"""
)
FACILITY_NOUNS = word_set(
    """airport base bridge stadium arena school university college hospital church cathedral mosque
    temple park square tower center centre mall plaza prison jail court courthouse station
    terminal port harbor harbour beach island islands river lake creek bay valley mountain
    mountains hills forest desert sea ocean canal camp cemetery farm hotel museum library theatre
    theater zoo garden gardens palace castle hall house street avenue road highway interstate
    route boulevard lane drive way parkway bridge dam reservoir field heights estate village
    township district county province parish borough region state city town ward precinct"""
)
STREETS = word_set(
    """street st avenue ave boulevard blvd drive lane terrace square road rd parkway pkwy"""
)
TEAM_AFTER = word_set(
    """fc cf sc united rovers wanderers athletic albion hotspur wednesday rangers argyle giants
    lions tigers bears eagles hawks bulls kings knights warriors yankees mets dodgers"""
)
TEAM_BEFORE = word_set(
    """fc ac as sc afc cska fk sporting dynamo dinamo spartak lokomotiv inter borussia bayer
    olympique deportivo atletico atlético real hapoel maccabi torpedo shakhtar"""
)
SHIP_BEFORE = word_set(
    """uss hms mv ss ins hmas hmcs rms frigate destroyer cruiser corvette submarine warship ship
    vessel ferry tanker freighter trawler yacht battleship steamship carrier"""
)
SAYS = word_set(
    """said says told added stressed argued insisted explained recalled testified pleaded wrote
    thinks believes hopes joked replied"""
)
LOCATIVES = word_set(
    """in at near from to outside around across toward towards into between via inside within
    through throughout north south east west northeast northwest southeast southwest northern
    southern eastern western reached left entered leaving of"""
)
STRONG_LOCATIVES = word_set("in near outside at from to around across toward towards")
LINKS = word_set("""of the and for & de la del al el on le du da do des und der van von di""")
MONTHS_AND_DAYS = word_set(
    """january february march april may june july august september october november december jan
    feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday mon tue wed thu fri sat sun"""
)
FUNCTION_WORDS = word_set(
    """the a an of in on at by for from to with without and or but nor so yet as if then than
    that this these those there here when where while who whom whose which what why how he she
    it they we you i his her its their our your my me him them us is are was were be been
    being am do does did has have had having will would shall should can could may might must
    not no yes all any both each few many more most much other some such same own only very
    also just even still too now again once after before since until during between among
    against about above below over under up down out off into onto through because although
    though however therefore thus besides moreover meanwhile nevertheless previously earlier
    later recently today yesterday tomorrow according noting speaking addressing asked one two
    three four five six seven eight nine ten hundred thousand million first second third last
    next new old good great high low big small long short right left north south east west
    northern southern eastern western central upper lower photo file image video read share
    watch update breaking exclusive says said several another every either neither perhaps
    maybe let lets get got make made take took see saw go went come came following despite
    within along around across behind beyond near per via"""
)
ENGLISH_MARKS = word_set(
    """the of and to in a is was for that on with as at by from it be are were has have had this
    which not will said who they he she his her their been but or an"""
)
VILLAGE_HEADS = word_set("village town city settlement hamlet township suburb port")
ROAD_NOUNS = word_set(
    """road roads highway highways corridor motorway freeway railway railroad expressway route
    autobahn pipeline line yolu дорога дороге дороги трасса трассе шоссе коридор"""
)
ROAD_LINKS = word_set("""between from linking links connecting connects joining joins""")

FEATURE_NOUNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ["village", "town", "city", "settlement", "hamlet", "suburb", "kənd"], ("PPL",)
    ),
    **dict.fromkeys(["airport", "airfield", "airbase"], ("AIRP", "AIRF", "AIRB")),
    **dict.fromkeys(["mine", "mines", "deposit", "deposits", "quarry"], ("MN", "MINE")),
    **dict.fromkeys(["reservoir", "dam"], ("RSV", "DAM")),
    "lake": ("LK", "RSV"),
    "river": ("STM",),
    "sea": ("SEA",),
    "bridge": ("BDG", "PSTB"),
    "checkpoint": ("PSTB",),
    "crossing": ("PSTB",),
    **dict.fromkeys(
        ["mountain", "mount", "height", "heights", "hill", "peak"], ("MT", "HLL", "PK")
    ),
    **dict.fromkeys(["monastery", "abbey"], ("MSTY",)),
    **dict.fromkeys(["district", "region", "province", "county", "governorate"], ("ADM", "RGN")),
}
