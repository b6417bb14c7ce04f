"""The results of a plan as one long table in the Parquet format."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from syngraph.analyses.rows import Row
from syngraph.analyses.stamps import Stamp
from syngraph.base.errors import MissingExtra
from syngraph.present.formats import FORMAT_VERSION

COLUMNS = ("plan", "series", "fold", "unit", "year", "statistic", "value")


def parquet(table: Iterable[Row], stamp: Stamp) -> bytes:
    """A row a statistic, with the columns `COLUMNS`; the stamp is the file's metadata. MissingExtra without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow.parquet import write_table
    except ImportError as problem:
        raise MissingExtra("data") from problem
    kinds = {"year": pa.int32(), "value": pa.float64()}
    metadata = {"format_version": FORMAT_VERSION} | {name: str(value) for name, value in asdict(stamp).items()}
    schema = pa.schema(
        [(name, kinds.get(name, pa.string())) for name in COLUMNS],
        {f"syngraph.{name}": value for name, value in metadata.items()},
    )
    made = pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in _long(table, stamp.plan)], schema)
    sink = pa.BufferOutputStream()
    write_table(made, sink)
    return bytes(sink.getvalue().to_pybytes())


def _long(table: Iterable[Row], plan: str) -> Iterator[tuple[object, ...]]:
    for row in table:
        for statistic, value in row.statistics:
            yield plan, row.series, row.fold, row.unit, row.year, statistic, value
