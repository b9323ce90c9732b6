"""Downloads of FoodData Central written by hand, in the official layout."""

import csv

FOODS = ["fdc_id", "data_type", "description", "food_category_id", "publication_date"]
BRANDS = [
    "fdc_id", "brand_owner", "brand_name", "subbrand_name", "gtin_upc", "ingredients",
    "not_a_significant_source_of", "serving_size", "serving_size_unit",
    "household_serving_fulltext", "branded_food_category", "data_source", "modified_date",
]  # fmt: skip
AMOUNTS = ["id", "fdc_id", "nutrient_id", "amount", "data_points", "derivation_id"]
NUTRIENTS = [
    ["id", "name", "unit_name", "nutrient_nbr", "rank"],
    ["1008", "Energy", "KCAL", "208", "300.0"],
    ["1087", "Calcium, Ca", "MG", "301", "5300.0"],
    ["1090", "Magnesium, Mg", "MG", "304", "5500.0"],
    ["1110", "Vitamin D (D2 + D3), International Units", "IU", "324", "8650.0"],
]


def write_download(folder, files, newline="\n", mark=""):
    """Write files of a download, name → rows."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, rows in files.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            file.write(mark)
            csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator=newline).writerows(rows)
    return folder


def branded(folder, magnesium="95", name="MOON OAT BAR", turned=False, **more):
    """Write a download of Branded Foods: a bar in two versions, a biscuit, and a drink."""

    def brand(fdc_id, gtin, ingredients, size, unit):
        return [
            fdc_id, "Moon Mills", "MOON", "", gtin, ingredients, "", size, unit, "1 BAR",
            "Snack Bars", "LI", "2025-01-01",
        ]  # fmt: skip

    told = "OATS, WHEY. CONTAINS: MILK, SOY. MAY CONTAIN PEANUTS AND TREE NUTS."
    amounts = [
        *(["2", one, value] for one, value in [("1008", "420"), ("1090", magnesium)]),
        *(["1", nutrient_id, value] for nutrient_id, value in [("1008", "400"), ("1090", "9")]),
        *(["3", nutrient_id, value] for nutrient_id, value in [("1008", "450"), ("1090", "")]),
        ["4", "1008", "45"],
        *(["2", nutrient_id, value] for nutrient_id, value in [("1087", "60"), ("1110", "100")]),
    ]
    return write_download(
        folder,
        {
            "nutrient.csv": NUTRIENTS,
            "food.csv": [
                FOODS,
                ["2", "branded_food", name, "Snack Bars", "2025-03-01"],
                ["1", "branded_food", "MOON OAT BAR, OLD", "Snack Bars", "2021-03-01"],
                ["3", "branded_food", "MOON BISCUIT", "Biscuits", "2025-03-01"],
                ["4", "branded_food", "MOON DRINK", "Drinks", "2025-03-01"],
            ],
            "branded_food.csv": [
                BRANDS,
                brand("1", "00004711", "OATS.", "40", "g"),
                brand("2", "00004711", told, "40.0", "g"),
                brand("3", "00004712", "FLOUR, MARGARINE (CONTAINS SOY), SALT", "30.0", "GRM"),
                brand("4", "00004713", "WATER.", "240.0", "ml"),
            ],
            "food_nutrient.csv": [
                AMOUNTS,
                *(
                    [str(number), *row, "", "71"]
                    for number, row in enumerate(reversed(amounts) if turned else amounts)
                ),
            ],
        },
        **more,
    )
