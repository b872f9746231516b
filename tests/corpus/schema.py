"""What an annotation may say: the names of CODEBOOK.md and of `everyname extract --json`."""

CATEGORIES = ("killed died_indirect injured casualties survived missing forcibly_disappeared abducted hostage detained released tortured "
              "sexual_violence recruited displaced deported returned_home orphaned_one orphaned_both family_killed remains_recovered "
              "remains_unidentified remains_identified remains_returned affected other").split()
UNITS = "person family household remains report".split()
GROUPS = ("all children girls boys women men females males women_and_children older_people civilians combatants police medical journalists "
          "aid_workers peacekeepers").split()
MODALITIES = "stated hypothetical planned negated".split()
MODES = "seeks asserts finds finds_not recognises denies declines withdraws".split()
KINDS = "resolution agreement law judgment treaty recognition".split()
IMPLEMENTATIONS = "implemented partly not_implemented superseded disputed unknown".split()
RESPONSES = "denies acknowledges explains".split()

FIGURE = ("category unit group whom low best high qualifier modality part_of cumulative period event asserted_by citing quote start end "
          "number number_start").split()
CHARACTERISATION = "term mode body via addressee subject date legal_basis quote start end".split()
INSTRUMENT = "body kind symbol date count addressee demands implementation asserted_by quote start end".split()
ALLEGATION = "act actor degree response asserted_by quote start end".split()
ITEMS = {"figures": FIGURE, "characterisations": CHARACTERISATION, "instruments": INSTRUMENT, "allegations": ALLEGATION}
SOURCE = "date place author agency title".split()

QUOTE_BYTES = 400


def held(number):
    """Every third report is held apart."""
    return number % 3 == 0
