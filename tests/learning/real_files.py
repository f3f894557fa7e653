"""Real files, as people have them, and the figures that R prints for them.

Each file is a data set of R (of its package `datasets`, or of MASS), written as `write.csv` and the
like write it, or as other programs do: with a column of row names that has no name, tabs,
semicolons and decimal commas, quotes, NA, comments, a title, a line of units, a BOM, UTF-16. The
figures are those of statsmodels, to more digits; `source` has what R's documentation and the books
print, which is the same. The parameter of a level has the name of the column and of the level, and
the first level in order is the base.
"""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "files"


@dataclass(frozen=True)
class File:
    """A file, what has to be understood of it, and a model; for each parameter its value, standard
    error, t (or z) and p; figures of the whole fit; the number of rows that count."""

    name: str
    needs: str
    model: str
    parameters: dict[str, tuple[float, float, float, float]]
    figures: dict[str, float]
    rows: int
    options: list[str] = field(default_factory=list)
    source: str = ""


FILES = [
    File("women.csv", "row names",
         "weight = a*height + b",
         {"b": (-87.51666667, 5.936944, -14.741, 1.711e-09),
          "a": (3.45, 0.0911365, 37.8553, 1.091e-14)},
         {"residual spread": 1.5250053, "R squared": 0.99100983, "adjusted R squared": 0.99031828,
          "AIC": 59.081579}, 15,
         source="R, women: -87.51667 (5.93694), 3.45000 (0.09114), 1.525, 0.991"),
    File("cars.csv", "a title and units",
         "dist = a*speed + b",
         {"b": (-17.57909489, 6.75844, -2.60106, 0.01232),
          "a": (3.932408759, 0.4155128, 9.46399, 1.49e-12)},
         {"residual spread": 15.379587, "R squared": 0.65107938, "adjusted R squared": 0.6438102,
          "AIC": 419.15686}, 50,
         source="R, cars: -17.5791 (6.7584), 3.9324 (0.4155), 15.38, 0.6511, AIC 419.1569"),
    File("faithful.csv", "row names",
         "eruptions = a*waiting + b",
         {"b": (-1.874015986, 0.1601433, -11.7021, 7.359e-26),
          "a": (0.07562794795, 0.002218541, 34.089, 8.13e-100)},
         {"residual spread": 0.49651294, "R squared": 0.81146076, "adjusted R squared": 0.81076247,
          "AIC": 395.01589}, 272,
         source="R, faithful: -1.874016 (0.160143), 0.075628 (0.002219), 0.4965, 0.8115"),
    File("trees.tsv", "tabs",
         "log(Volume) = a*log(Girth) + b*log(Height) + c",
         {"c": (-6.631617126, 0.7997897, -8.2917, 5.057e-09),
          "a": (1.98264991, 0.07501061, 26.4316, 2.423e-21),
          "b": (1.117123333, 0.2044371, 5.46439, 7.805e-06)},
         {"residual spread": 0.081386067, "R squared": 0.97767838, "adjusted R squared": 0.97608398,
          "AIC": -62.711248}, 31,
         source="R, trees: -6.63162 (0.79979), 1.98265 (0.07501), 1.11712 (0.20444), 0.08139, "
                "0.9777, 0.9761"),
    File("stackloss.txt", "bars, names with dots",
         "`stack.loss` = a*`Air.Flow` + b*`Water.Temp` + c*`Acid.Conc.` + d",
         {"d": (-39.91967442, 11.896, -3.35572, 0.00375),
          "a": (0.7156402005, 0.1348582, 5.30661, 5.799e-05),
          "b": (1.295286124, 0.3680243, 3.51957, 0.00263),
          "c": (-0.1521225191, 0.156294, -0.97331, 0.344)},
         {"residual spread": 3.2433639, "R squared": 0.9135769, "adjusted R squared": 0.89832577,
          "AIC": 114.57559}, 21,
         source="R, stackloss: -39.9197 (11.8960), 0.7156 (0.1349), 1.2953 (0.3680), -0.1521 "
                "(0.1563), 3.243, 0.9136, 0.8983"),
    File("airquality.csv", "row names, NA, names with dots",
         "Ozone = a*`Solar.R` + b*Wind + c*Temp + d",
         {"d": (-64.34207893, 23.05472, -2.79084, 0.006227),
          "a": (0.05982058997, 0.02318647, 2.57998, 0.01124),
          "b": (-3.333591306, 0.6544071, -5.09406, 1.516e-06),
          "c": (1.652092911, 0.2535298, 6.51637, 2.424e-09)},
         {"residual spread": 21.180751, "R squared": 0.6058946, "adjusted R squared": 0.59484492,
          "AIC": 998.7171}, 111,
         source="R, airquality: -64.34208 (23.05472), 0.05982 (0.02319), -3.33359 (0.65441), "
                "1.65209 (0.25353), 21.18, 0.6059, 0.5948; 42 rows missing"),
    File("iris.csv", "semicolons, decimal commas, names with dots",
         "`Petal.Width` = a*`Petal.Length` + b",
         {"b": (-0.3630755213, 0.03976199, -9.13122, 4.7e-16),
          "a": (0.4157554164, 0.009582436, 43.3872, 4.675e-86)},
         {"residual spread": 0.20648435, "R squared": 0.92710984, "adjusted R squared": 0.92661734,
          "AIC": -43.591092}, 150,
         source="R, iris: -0.363076 (0.039762), 0.415755 (0.009582), 0.2065, 0.9271"),
    File("longley.csv", "row names, names with dots",
         "Employed = a*`GNP.deflator` + b*GNP + c*Unemployed "
         "+ d*`Armed.Forces` + f*Population + g*Year + h",
         {"h": (-3482.258635, 890.4204, -3.9108, 0.00356),
          "a": (0.01506187227, 0.08491493, 0.177376, 0.8631),
          "b": (-0.03581917929, 0.03349101, -1.06952, 0.3127),
          "c": (-0.02020229804, 0.004883997, -4.13643, 0.002535),
          "d": (-0.01033226867, 0.002142742, -4.82199, 0.0009444),
          "f": (-0.05110410565, 0.2260732, -0.226051, 0.8262),
          "g": (1.829151465, 0.4554785, 4.01589, 0.003037)},
         {"residual spread": 0.30485407, "R squared": 0.995479, "adjusted R squared": 0.99246501,
          "AIC": 14.186701}, 16,
         source="R, longley: -3482 (890.4), 0.01506 (0.08492), -0.03582 (0.03349), -0.02020 "
                "(0.004884), -0.01033 (0.002143), -0.05110 (0.2261), 1.829 (0.4555), 0.3049, "
                "0.9955, 0.9925"),
    File("swiss.csv", "row names, names with dots",
         "Fertility = a*Agriculture + b*Examination + c*Education "
         "+ d*Catholic + f*`Infant.Mortality` + g",
         {"g": (66.91518168, 10.70604, 6.25023, 1.906e-07),
          "a": (-0.1721139709, 0.07030392, -2.44814, 0.01873),
          "b": (-0.2580082398, 0.2538782, -1.01627, 0.3155),
          "c": (-0.8709400629, 0.1830286, -4.75849, 2.431e-05),
          "d": (0.1041153307, 0.03525785, 2.95297, 0.00519),
          "f": (1.077048141, 0.3817197, 2.82157, 0.007336)},
         {"residual spread": 7.1653688, "R squared": 0.706735, "adjusted R squared": 0.67097098,
          "AIC": 326.07157}, 47,
         source="R, swiss: 66.91518 (10.70604), -0.17211 (0.07030), -0.25801 (0.25388), "
                "-0.87094 (0.18303), 0.10412 (0.03526), 1.07705 (0.38172), 7.165, 0.7067, 0.671"),
    File("attitude.csv", "UTF-16",
         "rating = a*complaints + b*learning + c",
         {"c": (9.870880451, 7.061224, 1.3979, 0.1735),
          "a": (0.6435176362, 0.1184774, 5.43156, 9.574e-06),
          "b": (0.2111918092, 0.1344037, 1.57132, 0.1278)},
         {"residual spread": 6.8167793, "R squared": 0.7080152, "adjusted R squared": 0.68638669,
          "AIC": 205.13872}, 30,
         source="R, attitude: 9.8709 (7.0612), 0.6435 (0.1185), 0.2112 (0.1344), 6.817, 0.708, "
                "0.6864; the file is UTF-16"),
    File("mammals.csv", "row names",
         "log(brain) = a*log(body) + b",
         {"b": (2.134788677, 0.09604339, 22.2273, 1.183e-30),
          "a": (0.7516859362, 0.02846356, 26.4087, 9.836e-35)},
         {"residual spread": 0.69429473, "R squared": 0.92078372, "adjusted R squared": 0.91946345,
          "AIC": 134.67293}, 62,
         source="MASS, mammals: 2.13479 (0.09604), 0.75169 (0.02846), 0.6943, 0.9208"),
    File("PlantGrowth.csv", "row names, categories",
         "weight = C(group) + b",
         {"b": (5.032, 0.1971284, 25.5265, 1.937e-20),
          "group_trt1": (-0.371, 0.2787816, -1.33079, 0.1944),
          "group_trt2": (0.494, 0.2787816, 1.772, 0.08768)},
         {"residual spread": 0.62337463, "R squared": 0.2641483, "adjusted R squared": 0.20964076,
          "AIC": 61.61904}, 30,
         source="R, PlantGrowth: 5.0320 (0.1971), -0.3710 (0.2788), 0.4940 (0.2788), 0.6234, "
                "0.2641, 0.2096; p 0.1944, 0.0877"),
    File("InsectSprays.csv", "comments, categories",
         "count = C(spray) + b",
         {"b": (14.5, 1.132156, 12.8074, 1.471e-19),
          "spray_B": (0.8333333333, 1.60111, 0.520472, 0.6045),
          "spray_C": (-12.41666667, 1.60111, -7.75504, 7.267e-11),
          "spray_D": (-9.583333333, 1.60111, -5.98543, 9.817e-08),
          "spray_E": (-11, 1.60111, -6.87024, 2.754e-09),
          "spray_F": (2.166666667, 1.60111, 1.35323, 0.1806)},
         {"residual spread": 3.9219017, "R squared": 0.72443902, "adjusted R squared": 0.70356318,
          "AIC": 408.84937}, 72,
         source="R, InsectSprays: 14.5000 (1.1322), 0.8333, -12.4167, -9.5833, -11.0000, "
                "2.1667 (1.6011), 3.922, 0.7244, 0.7036"),
    File("chickwts.csv", "row names, categories",
         "weight = C(feed) + b",
         {"b": (323.5833333, 15.83391, 20.4361, 5.325e-30),
          "feed_horsebean": (-163.3833333, 23.48549, -6.95678, 2.068e-09),
          "feed_linseed": (-104.8333333, 22.39254, -4.68162, 1.493e-05),
          "feed_meatmeal": (-46.67424242, 22.8958, -2.03855, 0.04557),
          "feed_soybean": (-77.1547619, 21.57799, -3.57562, 0.0006654),
          "feed_sunflower": (5.333333333, 22.39254, 0.238175, 0.8125)},
         {"residual spread": 54.850289, "R squared": 0.54168547, "adjusted R squared": 0.5064305,
          "AIC": 777.87475}, 71,
         source="R, chickwts: 323.583 (15.834), -163.383 (23.485), -104.833 (22.393), -46.674 "
                "(22.896), -77.155 (21.578), 5.333 (22.393), 54.85, 0.5417"),
    File("ToothGrowth.tsv", "tabs, BOM, categories",
         "len = C(supp) + a*dose + b",
         {"b": (9.2725, 1.282365, 7.23078, 1.312e-09),
          "supp_VC": (-3.7, 1.093604, -3.38331, 0.001301),
          "a": (9.763571429, 0.8768343, 11.135, 6.314e-16)},
         {"residual spread": 4.235512, "R squared": 0.70379692, "adjusted R squared": 0.69340383,
          "AIC": 348.41553}, 60,
         source="R, ToothGrowth: 9.2725 (1.2824), -3.7000 (1.0936), 9.7636 (0.8768), 4.236, "
                "0.7038, 0.6934"),
    File("warpbreaks.csv", "semicolons, categories",
         "breaks = C(wool) + C(tension) + b",
         {"b": (24.55555556, 3.161783, 7.76636, 3.828e-10),
          "wool_B": (-5.777777778, 3.161783, -1.82738, 0.07361),
          "tension_L": (14.72222222, 3.872378, 3.80186, 0.0003914),
          "tension_M": (4.722222222, 3.872378, 1.21946, 0.2284)},
         {"residual spread": 11.617133, "R squared": 0.26914067, "adjusted R squared": 0.22528911,
          "AIC": 423.95741}, 54,
         source="R, warpbreaks with H as the base (by statsmodels): R's own base is L, with "
                "39.278 (3.162), -5.778 (3.162), -10.000 and -14.722 (3.872), 11.62, 0.2691"),
    File("mtcars.csv", "numbers as categories",
         "mpg = a*wt + C(cyl) + b",
         {"b": (33.99079401, 1.887793, 18.0056, 6.257e-17),
          "cyl_6": (-4.255582402, 1.386073, -3.07024, 0.004718),
          "cyl_8": (-6.07085968, 1.652288, -3.67421, 0.0009992),
          "a": (-3.205613256, 0.7538957, -4.25206, 0.000213)},
         {"residual spread": 2.5569139, "R squared": 0.83743253, "adjusted R squared": 0.82001458,
          "AIC": 156.62233}, 32,
         source="R, mtcars, factor(cyl): 33.9908 (1.8878), -3.2056 (0.7539), -4.2556 (1.3861), "
                "-6.0709 (1.6523), 2.557, 0.8374, 0.82"),
    File("mtcars.csv", "",
         "am = sigmoid(a*wt + b)",
         {"b": (12.04036973, 4.510066, 2.66967, 0.007593),
          "a": (-4.023969962, 1.436528, -2.80118, 0.005092)},
         {"AIC": 23.176085}, 32,
         options=["--loss", "log"],
         source="R, mtcars: 12.040 (4.510), -4.024 (1.436), AIC 23.18"),
    File("infert.csv", "row names",
         "case = sigmoid(a*spontaneous + b*induced + c)",
         {"c": (-1.707860071, 0.2677095, -6.37953, 1.776e-10),
          "a": (1.197205035, 0.2116433, 5.65671, 1.543e-08),
          "b": (0.418129395, 0.2056275, 2.03343, 0.04201)},
         {"AIC": 285.61198}, 248,
         options=["--loss", "log"],
         source="R, infert: -1.7079 (0.2677), 1.1972 (0.2116), 0.4181 (0.2056), AIC 285.61"),
    File("birthwt.csv", "row names, numbers as categories",
         "low = sigmoid(a*lwt + b*smoke + C(race) + c)",
         {"c": (-0.1092208346, 0.8821091, -0.123818, 0.9015),
          "race_2": (1.290094459, 0.5108751, 2.52526, 0.01156),
          "race_3": (0.9705148776, 0.412235, 2.35428, 0.01856),
          "a": (-0.01325945281, 0.00631018, -2.10128, 0.03562),
          "b": (1.060005895, 0.378323, 2.80185, 0.005081)},
         {"AIC": 225.01466}, 189,
         options=["--loss", "log"],
         source="MASS, birthwt; by statsmodels (Hosmer and Lemeshow fit its relatives)"),
    File("menarche.csv", "",
         "Menarche/Total = sigmoid(a*Age + b)",
         {"a": (1.631968348, 0.05895317, 27.6825, 1.136e-168),
          "b": (-21.22639491, 0.7706859, -27.5422, 5.486e-167)},
         {}, 25,
         options=["--loss", "log", "--weights", "Total"],
         source="MASS, menarche: -21.22639 (0.77068), 1.63197 (0.05895)"),
]
