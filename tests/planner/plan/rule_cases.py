"""Requests that name a rule which an ordinary plan breaks, by effect of ``effects.toml``."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """What is changed in a plan's request, what is put on its table, and what the judge says.

    Parameters
    ----------
    said
        A pattern of what the judge finds: a broken band as ``"nutrient period lower..upper"``, a
        fault, or why it refuses. It is not found where the request does not name the rule.
    profile, preferences, week, rest
        Changes of the request.
    plate
        Food → grams that are put into the breakfast of day 1, whatever the request names.
    code
        The exit code.
    """

    said: str
    profile: dict = field(default_factory=dict)
    preferences: dict = field(default_factory=dict)
    week: dict = field(default_factory=dict)
    rest: dict = field(default_factory=dict)
    plate: dict = field(default_factory=dict)
    code: int = 3


def ill(said, *conditions, plate=None, code=3, preferences=None, **profile):
    """A case of a condition."""
    change = {"conditions": list(conditions), **profile}
    return Case(said, change, preferences or {}, plate=plate or {}, code=code)


def on(said, *medicines, plate=None, code=3, preferences=None, **profile):
    """A case of a medicine."""
    change = {"medicines": list(medicines), **profile}
    return Case(said, change, preferences or {}, plate=plate or {}, code=code)


def weak(said, egfr=50.0, **more):
    """A case of weak kidneys."""
    return ill(said, egfr=egfr, **more)


def pregnant(said, **plate):
    """A case of pregnancy."""
    who = {"sex": "f", "age": 30, "state": "pregnant", "gestation_week": 20}
    return Case(said, who, {"alcohol": True}, plate=plate)


def old(said, **plate):
    """A case of somebody of 65."""
    return Case(said, {"age": 65}, plate=plate)


def missed(said, **profile):
    """A case of a lunch that is not eaten."""
    return Case(said, profile, week={"skip": [{"day": 1, "slot": "lunch", "eaten": "nothing"}]})


def pill(amount_mg):
    """A magnesium pill that is taken every day."""
    one = {"name": "magnesium oxide", "amount_mg": amount_mg, "kind": "elemental", "per_day": 1.0}
    return {"supplements": [one]}


DRINKS = {"alcohol": True}
MILK, SALT, KALE, SUGAR = ({one: g} for one, g in (
    ("milk_whole", 700.0), ("salt", 6.0), ("kale_cooked", 600.0), ("sugar", 120.0)))  # fmt: skip
POTATO, BEANS, SPINACH = {"potato_baked": 800.0}, {"black_beans_cooked": 500.0}, {
    "spinach_cooked": 150.0}  # fmt: skip
BEER, LIVER, CHEDDAR = {"beer": 330.0}, {"beef_liver_cooked": 100.0}, {"cheddar": 40.0}
COLA, BACON = {"cola": 330.0}, {"bacon_raw": 40.0}

EFFECTS = {
    "weak_kidneys": [
        weak("phosphate additives", plate=COLA),
        weak("phosphate additives", plate=BACON),
    ],
    "potassium": [weak(r"potassium_mg day None\.\.3400", plate=POTATO)],
    "potassium_raisers": [
        on("potassium a day that your clinic allows", "spironolactone", "ramipril"),
        on(r"potassium_mg day None\.\.2500", "spironolactone", "ramipril",
           clinic={"potassium_mg": 2500.0}),
    ],
    "potassium_cap": [on(r"potassium_mg day None\.\.3400", "lisinopril", plate=POTATO)],
    "potassium_sound_kidneys": [
        on(r"potassium_mg day None\.\.4700", "spironolactone", plate=POTATO,
           egfr=95.0),
        ill(r"potassium_mg day None\.\.4700", plate=POTATO,
            egfr=95.0, serum_k_mmol_l=4.9),
    ],
    "kidney_protein": [weak(r"protein_g day .*\.\.78", weight_kg=60.0)],
    "kidney_calcium": [
        weak(r"calcium_mg week 800\.\.1000", plate=MILK),
        weak(r"calcium_mg day 700\.\.1100", plate=MILK),
    ],
    "bone": [ill("better without alcohol", "osteoporosis", plate=BEER, preferences=DRINKS)],
    "diabetes": [
        ill("added_sugars_pct_energy week None..10", "type 2 diabetes", plate={"sugar": 400.0}),
        ill(r"fibre_g week", "type 2 diabetes", plate={"sugar": 500.0}, energy_kcal=4250.0,
            activity="very_active"),
    ],
    "insulin": [
        ill("Carbohydrate at breakfast", "type 1 diabetes", plate=SUGAR),
        on("Carbohydrate at breakfast", "insulin glargine", plate=SUGAR),
        missed("at risk|is skipped|not skipped|left out", conditions=["type 1 diabetes"]),
    ],
    "coeliac": [ill("without gluten", "coeliac disease", plate={"bread_sourdough": 60.0})],
    "lactose_intolerance": [
        ill("of lactose, at most 12 in a meal", "lactose intolerance", plate=MILK),
        ill(r"lactose_g day None\.\.24", "lactose intolerance", plate=MILK),
    ],
    "hypertension": [ill(r"sodium_mg day None\.\.2300", "hypertension", plate=SALT)],
    "heart_failure": [ill(r"sodium_mg day None\.\.2300", "heart failure", plate=SALT)],
    "oxalate_stones": [
        ill("of which stones are made", "calcium oxalate stones", plate=SPINACH),
        ill(r"oxalate_mg day None\.\.100", "kidney stones", plate=SPINACH),
    ],
    "gout": [
        ill("raises uric acid", "gout", plate=LIVER),
        ill("raises uric acid", "gout", plate={"sardines_canned": 60.0}),
        ill("raises uric acid", "gout", plate=BEER, preferences=DRINKS),
    ],
    "late_life_weight": [
        ill("below the need", sex="f", age=81, height_cm=160.0, weight_kg=54.0,
            energy_kcal=1300.0),
    ],
    "eating_disorder": [
        ill("below the need", "anorexia nervosa", energy_kcal=2200.0),
        ill(r"energy_kcal week 36\d\d", "bulimia", energy_kcal=3600.0),
    ],
    "active_bowel": [ill(r"fibre_g day None\.\.19", "gastroparesis", plate=BEANS)] + [
        ill("block a narrow or slow gut", name, plate={one: 40.0})
        for name in ("ileostomy", "ulcerative colitis flare", "acute diverticulitis")
        for one in ("popcorn", "cashews", "grapes", "red_pepper_raw", "pumpkin_seeds",
                    "potato_baked", "tempeh_cooked")
    ],
    "acute_porphyria": [
        ill("below the need", "acute intermittent porphyria", energy_kcal=2200.0),
        ill("attack of porphyria", "variegate porphyria", plate=BEER, preferences=DRINKS),
        missed("at risk|is skipped|not skipped|left out", conditions=["AIP"]),
    ],
    "porphyria_cutanea_tarda": [
        ill("makes porphyria cutanea tarda worse", "PCT", plate=BEER, preferences=DRINKS),
    ],
    "hypercalcaemia": [
        ill(r"calcium_mg day None\.\.1000", "sarcoidosis with high calcium", plate=MILK),
    ],
    "hyperemesis": [ill("below the need", "hyperemesis", sex="f", age=30, state="pregnant",
                        gestation_week=12, energy_kcal=1900.0)],
    "bariatric": [
        ill("without dried fruit", "bariatric surgery", plate={"raisins": 30.0}),
    ],
    "favism": [
        ill("without fava beans", "G6PD deficiency", plate={"fava_beans_cooked": 100.0}),
    ],
    "low_fodmap": [
        ill("called low by no list", "low fodmap", plate={"onion_raw": 30.0}),
        ill("of lactose, at most 1 in a meal", "low fodmap", plate={"cottage_cheese_lowfat": 60.0}),
        ill(r"lactose_g day None\.\.4", "low fodmap", plate=MILK),
        ill("low in FODMAPs up to one in a meal", "low fodmap", plate={"avocado": 60.0}),
    ],
    "fructose_malabsorption": [
        ill("free fructose", "fructose malabsorption", plate={"mango": 150.0}),
        ill("without honey", "fructose malabsorption", plate={"honey": 20.0}),
    ],
    "histamine_intolerance": [
        ill("lists for histamine", "histamine intolerance", plate={one: 40.0})
        for one in ("parmesan", "tomato", "tuna_canned", "sauerkraut", "salsa")
    ],
    "haemochromatosis": [
        ill("iron overload", "haemochromatosis", plate={"oysters_raw": 60.0}),
        ill("iron overload", "iron overload", plate=BEER, preferences=DRINKS),
    ],
    "wasting": [ill("below the need", "ALS", energy_kcal=2200.0)],
    "cystic_fibrosis": [ill("below the need", "cystic fibrosis", energy_kcal=2200.0)],
    "pre_eclampsia": [ill("below the need", "pre-eclampsia", sex="f", age=30, state="pregnant",
                          gestation_week=30, energy_kcal=1900.0)],
    "cmpa": [ill("without milk", "CMPA", plate=MILK)],
    "alpha_gal": [
        ill("without red meat", "alpha-gal syndrome", plate={"beef_stew_braised": 90.0}),
        ill("without milk", "alpha-gal syndrome", plate=MILK),
    ],
    "alpha_gal_milk": [
        ill("without red meat", "alpha-gal syndrome, milk tolerated", plate=BACON),
    ],
    "latex_fruit": [
        ill(f"without {name}", "latex-fruit syndrome", plate={one: 80.0})
        for name, one in (("kiwi", "kiwi"), ("avocado", "guacamole"), ("banana", "banana"))
    ],
    "other": [
        ill("Potassium of the day", "other: the blue sickness", clinic_agreed=True,
            plate={"potato_baked": 1800.0}),
        on("Vitamin K of the day", "other: Wunderpille", plate=KALE),
    ],
    "transplant": [
        ill("germs|infect", "liver transplant", plate={one: 60.0})
        for one in ("egg_raw", "salmon_wild_raw", "alfalfa_sprouts", "brie")
    ] + [ill("without grapefruit", "liver transplant", plate={"grapefruit": 120.0})],
    "cirrhosis": [
        ill("harms the liver", "cirrhosis", plate=BEER, preferences=DRINKS),
        ill("harms the liver", "cirrhosis", plate={"smoked_salmon": 60.0}),
        ill("below the need", "cirrhosis", energy_kcal=2200.0),
    ],
    "ascites": [ill(r"sodium_mg day None\.\.2000", "ascites", plate={"salt": 5.5})],
    "wilson": [
        ill("more copper than", "Wilson's disease", plate=LIVER),
        on("without", "trientine", plate={"cashews": 40.0}),
    ],
    "dry_day": [Case("without water", {"medicines": ["lithium"]}, week={"pattern": "ramadan"})],
    "dry_day_pregnant": [
        Case("without water", {"sex": "f", "age": 30, "state": "pregnant"},
             week={"pattern": "ramadan"}),
    ],
    "dry_day_nursing": [
        Case("without water", {"sex": "f", "age": 30, "state": "lactating"},
             week={"pattern": "ramadan"}),
    ],
    "hypoglycaemia": [missed("at risk|is skipped|not skipped|left out", medicines=["gliclazide"])],
    "sglt2": [
        Case("may not be lowered", {"medicines": ["empagliflozin"]},
             rest={"targets": {"carbohydrate_pct_energy": {"upper": 40.0}}}),
    ],
    "lithium": [
        on("Sodium of the day", "lithium", plate={"salt": 12.0}),
    ],
    "retinoid": [on("adds to a retinoid", "acitretin", plate=LIVER)],
    "hyperphosphataemia": [ill("phosphate is added", "hyperphosphataemia", plate=COLA)],
    "warfarin": [
        on(r"vitamin_k_ug day 15\.\.25", "warfarin", vitamin_k_before_ug=20.0),
        on(r"vitamin_k_ug week .*\.\.180", "warfarin", plate=KALE),
        on("Vitamin K of the day", "acenocoumarol", plate=KALE),
    ],
    "maoi": [
        on("contains tyramine", "phenelzine", plate=CHEDDAR),
        on("without sauerkraut", "tranylcypromine", plate={"sauerkraut": 80.0}),
        on("without smoked salmon", "linezolid", plate={"smoked_salmon": 60.0}),
    ] + [on("contains tyramine", "phenelzine", plate={one: 40.0}) for one in (
        "pesto", "caesar_dressing", "nutritional_yeast", "fava_beans_cooked", "anchovies", "ham",
        "goat_cheese_soft", "peanut_sauce", "salami", "pizza_pepperoni", "edam", "kipper")] + [
        on("contains tyramine", "moclobemide", plate=BEER, preferences=DRINKS),
    ],
    "licorice_medicine": [
        on("real licorice raises", name, plate={"licorice": 20.0})
        for name in ("digoxin", "furosemide", "lisinopril")
    ] + [ill("real licorice raises", "hypertension", plate={"licorice": 20.0})],
    "grapefruit_medicine": [
        on("grapefruit changes how much", name, plate={"grapefruit": 128.0})
        for name in ("simvastatin", "Zocor", "felodipine", "Prograf", "colchicine", "warfarin")
    ],
    "alcohol_reaction": [
        on("very ill", "disulfiram", plate={"red_wine": 147.0}, preferences=DRINKS),
        on("very ill", "metronidazole", plate=BEER, preferences=DRINKS),
        on("very ill", "disulfiram", plate={"vanilla_extract": 4.0}, preferences=DRINKS),
    ],
    "alcohol_sedative": [
        on("stop breathing", name, plate=BEER, preferences=DRINKS)
        for name in ("oxycodone", "diazepam", "zolpidem", "Lyrica", "hydroxyzine")
    ],
    "alcohol_label": [
        on("warns against alcohol", "acitretin", plate=BEER, preferences=DRINKS),
        on("warns against alcohol", "methotrexate:1/week", plate=BEER, preferences=DRINKS),
    ],
    "immune_medicine": [
        on("weakens the defenses", "tacrolimus", plate={one: 60.0})
        for one in ("egg_raw", "salmon_wild_raw", "smoked_salmon", "alfalfa_sprouts", "brie",
                    "ground_beef_lean_raw")
    ] + [
        on("weakens the defenses", name, plate={"smoked_salmon": 60.0})
        for name in ("CellCept", "azathioprine", "Humira:1/week", "tofacitinib", "prednisolone",
                     "cisplatin: every 3 weeks")
    ],
    "caffeine_medicine": [
        on(r"caffeine_mg day None\.\.200", "theophylline", plate={"coffee": 900.0}),
    ],
    "levodopa": [
        on("adds to the tablets", "Madopar:3", plate={"fava_beans_cooked": 100.0}),
        on("of protein, at most 45 in a meal", "levodopa:3",
           plate={"chicken_breast_cooked": 250.0}),
    ],
    "dry_day_child": [Case("without water", {"age": 15}, week={"pattern": "ramadan"})],
    "dry_day_old": [
        Case("without water", {"age": 70, "medicines": ["lisinopril"]},
             week={"pattern": "ramadan"}),
    ],
    "isoniazid": [
        on("isoniazid makes dangerous", "isoniazid", plate=CHEDDAR),
        on("without tuna", "isoniazid", plate={"tuna_canned": 60.0}),
    ],
    "palforzia": [on("without peanut", "Palforzia", plate={"peanut_butter": 32.0})],
    "weak_defenses": [
        ill("defenses against them are weak", "acute leukemia", plate={one: 60.0})
        for one in ("egg_raw", "smoked_salmon", "brie")
    ],
    "alcohol_liver": [
        ill("no amount of alcohol is known", name, plate=BEER, preferences=DRINKS)
        for name in ("fatty liver", "pancreatitis")
    ],
    "alcohol_sugar": [
        on("can lower blood sugar too far", name, plate=BEER, preferences=DRINKS)
        for name in ("glipizide", "repaglinide")
    ],
    "sodium_medicine": [
        on(r"sodium_mg week None\.\.1500", "sodium bicarbonate", plate={"salt": 12.0}),
    ],
    "alcohol": [ill("loses magnesium", "alcohol dependence", plate=BEER, preferences=DRINKS)],
}  # fmt: skip

RULES = {
    "surgery in the last weeks": [
        ill("clinic's stages", "gastric bypass last week"),
        ill("clinic's stages", "new ileostomy"),
        ill("how long ago", "stomach operation in November 2026", code=1),
    ],
    "dialysis": [ill("dialysis", "dialysis"), ill("Kidney function", "CAPD")],
    "kidneys of no known strength": [ill("unknown eGFR", "kidney disease")],
    "kidneys below 30": [weak("Kidney function", egfr=25.0)],
    "unknown word": [
        ill("is not known to this program", "kidny disease", code=1),
        on("is not known to this program", "warfarinn forte plusx", code=1),
    ],
    "potassium without the clinic": [
        ill("potassium a day that your clinic allows", "hyperkalaemia"),
        weak("potassium a day that your clinic allows", egfr=38.0),
        Case("potassium a day that your clinic allows", {"serum_k_mmol_l": 5.4}),
        ill("potassium a day that your clinic allows", "addison disease"),
    ],
    "the clinic's figure": [
        Case(r"potassium_mg day .*\.\.2500", {"clinic": {"potassium_mg": 2500.0}}),
        Case(r"phosphorus_mg day .*\.\.900", {"clinic": {"phosphorus_mg": 900.0}}),
        Case(r"protein_g day .*\.\.70", {"clinic": {"protein_g": 70.0}}),
        weak(r"potassium_mg day None\.\.2000", egfr=38.0, clinic={"potassium_mg": 2000.0}),
    ],
    "allergens": [
        Case("without nuts", preferences={"without": ["nuts"]}, plate={"peanuts_roasted": 30.0}),
        Case("without nuts", preferences={"without": ["nuts"]}, plate={"almonds": 30.0}),
        ill("without nut", "nut allergy", plate={"almonds": 30.0}),
        Case("without milk", preferences={"without": ["milk"]}, plate=MILK),
        Case("without fish", preferences={"without": ["fish"]}, plate={"smoked_salmon": 50.0}),
    ],
    "diet": [Case("not vegan", preferences={"diet": "vegan"}, plate=CHEDDAR)],
    "from 65 on": [
        old("cold cuts carry listeria", turkey_breast_roasted=60.0),
        old("listeria|parasites", smoked_salmon=60.0),
        old("germs that are dangerous", alfalfa_sprouts=30.0),
        old("listeria|salmonella", egg_raw=50.0),
        old("toxoplasma", ground_beef_lean_raw=60.0),
    ],
    "pregnancy": [
        pregnant("listeria|salmonella", egg_raw=50.0),
        pregnant("listeria|parasites", smoked_salmon=60.0),
        pregnant("listeria|parasites", salmon_wild_raw=60.0),
        pregnant("germs that are dangerous", alfalfa_sprouts=30.0),
        pregnant("toxoplasma", ground_beef_lean_raw=60.0),
        pregnant("listeria", brie=40.0),
        pregnant("cold cuts carry listeria", turkey_breast_roasted=60.0),
        pregnant("vitamin A than is safe", beef_liver_cooked=60.0),
        pregnant("mercury", swordfish_cooked=90.0),
        pregnant("alcohol is planned only", beer=330.0),
        pregnant("act on the womb", hibiscus_tea=237.0),
        pregnant(r"caffeine_mg day None\.\.200", coffee=900.0),
    ],
    "children": [
        Case("coffee is not planned", {"age": 12}, plate={"coffee": 240.0}),
        Case(r"fibre_g day .*\.\.35", {"age": 8, "height_cm": 128.0, "weight_kg": 26.0},
             plate=BEANS),
        Case("under 5", {"age": 4, "height_cm": 102.0, "weight_kg": 17.0}),
        Case("alcohol is planned only", {"age": 16}, DRINKS, plate=BEER),
    ],
    "pills that are taken": [
        Case("weak", {"egfr": 35.0, "clinic": {"potassium_mg": 2500.0}}, rest=pill(200.0)),
        Case("upper level", rest=pill(600.0)),
    ],
    "deficit": [Case("below the need", {"energy_kcal": 1700.0})],
}  # fmt: skip
