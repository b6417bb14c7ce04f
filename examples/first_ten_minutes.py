"""All that the README does, without the command line: cell by cell, as in a notebook. It prints nothing.

python examples/first_ten_minutes.py FOLDER    (a new folder; run.dataset() needs pip install 'syngraph[data]')
"""

import sys
from datetime import date
from pathlib import Path

import syngraph

folder = Path(sys.argv[1])

# %% A case to begin with, and whether it is sound
written = syngraph.init(folder / "my-case").value
checked = syngraph.check(written.folder)
assert checked.ok and checked.value.counts[0] == ("file", 1)

# %% What it comes to
case = syngraph.open(written.folder)  # read once, asked several times
ran = syngraph.run(case).value
fee = ran.dataset()["venture.fee.paid.year_sum.mean"]
assert fee.attrs["units"] == "EUR" and float(fee.sel(time=2032)) == 0.0  # the fee ends with 2031
holding = {check.name: check.holding.value for check in ran.checks}
assert holding["loan_comes_back"] == "holds"

# %% Why
told = syngraph.explain(case, "venture.fee@2029").value.explanation
assert {node.name for node in told.nodes} >= {"venture.fee.paid", "fee_rate", "sales_growth"}
nothing = syngraph.explain(case, "venture.fe")
assert nothing.found is None and nothing.findings()[0].paste == "venture.fee"

# %% Which plan is better, for whom, how surely, and under every other reading
compared = syngraph.compare(case, "base", "no_fee", readings=True).value
table = compared.dataset()
altona = table.sel(quantity="present_value(received(altona))")
assert (altona["difference"] < 0).all() and "fee_end: without_2031" in table["under"].values

# %% A mistake has a code, a place and a way out; nothing raises
file = written.folder / "case.yaml"
sound = file.read_text("utf-8")
file.write_text(sound.replace("amount: fee_rate * sales", "amount: fee_rte * sales", 1), "utf-8")
wrong = syngraph.check(written.folder)
assert [(d.code, d.paste) for d in wrong.diagnostics if d.code == "unknown-name"] == [("unknown-name", "fee_rate")]
assert syngraph.run(written.folder).found is None
file.write_text(sound, "utf-8")
assert syngraph.check(written.folder, update=True).value.written

# %% All of it in one file, its documents, and its quotes for other programs
page = syngraph.report(case, "no_fee", language="zh-Hant", paths=100).value.html
(folder / "dockside.html").write_text(page, "utf-8")
assert [source.source for source in syngraph.cover(case).value.sources] == ["terms"]
text = written.folder / "agreement.txt"
assert syngraph.mentions(text).value.listing.mentions
drafted = syngraph.draft([text], folder / "drafted", published=date(2026, 3, 1)).value
assert drafted.draft.stubs == 6
assert syngraph.annotations(case).value.document()["total"] == 15
