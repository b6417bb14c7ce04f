"""Results: closed forms, masks, equal bits for any chunk, and plans compared path by path."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from programs import Draft, growth, years

from syngraph.base.errors import Interrupted, UndefinedValue
from syngraph.ir.program import Fold, Output, Program
from syngraph.run import normal, philox, quantiles, results
from syngraph.run.elementary import Floats
from syngraph.run.results import Place, central, paired, simulate, together

ODD = 5 * 4096 + 1234


def uniform(name: str, count: int, *, seed: int = 3) -> Floats:
    return philox.uniform(seed, philox.stream_of(name), 0, 0, count)


def market(scale: float = 1.0, *, mask: bool = True) -> Program:
    """A price that grows by a shock each quarter; `late` counts where u > 1/4 and is log(u - 1/4)."""
    draft = Draft()
    draft.betas.append((2.0, 5.0))
    one, quarter = draft.before("const", data=scale), draft.before("const", data=0.25)
    u = draft.before("uniform", data="u")
    z = draft.before("input", draft.before("quantile", u), data="u")
    share = draft.before("beta", z, data=0)
    vol = draft.period("mul", draft.period("quantile", draft.period("shock", data="noise")), share)
    state = draft.state("price", one)
    price = draft.each("mul", state, draft.each("exp", vol))
    draft.moves(state, price)
    late = draft.each("log", draft.each("sub", u, quarter))
    after = draft.each("lt", quarter, u)
    draft.outputs += [Output("price", price, f, "USD") for f in (Fold.YEAR_SUM, Fold.FINAL, Fold.YEAR_MEAN)]
    draft.outputs += [Output("z", z, Fold.FINAL), Output("u", u, Fold.FINAL)]
    if mask:
        draft.outputs.append(Output("late", late, Fold.FINAL, where=after))
    return draft.made(years(8, parts=4))


def test_means_and_quantiles_of_a_uniform_are_those_of_its_draws() -> None:
    found = simulate(market(), paths=ODD, seed=3).get("u", Fold.FINAL)
    draws = np.sort(uniform("u", ODD))
    assert found.columns == () and found.used.tolist() == [ODD]
    np.testing.assert_allclose(found.mean, draws.mean(), rtol=1e-12)
    ranks = [quantiles.nearest_rank(q, ODD) - 1 for q in results.SHARES]
    assert found.quantiles[0].tolist() == draws.astype(np.float32)[ranks].tolist()


def test_a_mask_divides_by_the_paths_that_count() -> None:
    found = simulate(market(), paths=ODD, seed=3).get("late", Fold.FINAL)
    u = uniform("u", ODD)
    counted = np.log(u[u > 0.25] - 0.25)
    assert found.used.tolist() == [len(counted)] and 0 < len(counted) < ODD
    np.testing.assert_allclose(found.mean, counted.mean(), rtol=1e-12)
    np.testing.assert_allclose(
        found.quantiles[0], np.quantile(counted, results.SHARES, method="inverted_cdf"), rtol=1e-6
    )


def test_a_series_that_counts_on_no_path_is_nought_on_none() -> None:
    program = growth(years(2), [0.1, 0.1])
    draft_mask = next(e.target for e in program.once if e.data == 1.0)
    never = replace(program.once[0], target=77, op="not", operands=(draft_mask,), data=None)
    masked = replace(program, once=(*program.once, never), outputs=(Output("x", 0, Fold.FINAL, where=77),))
    found = simulate(masked, paths=10, seed=1).series[0]
    assert found.used.tolist() == [0] and found.mean.tolist() == [0] and not found.quantiles.any()


def test_growth_is_the_same_on_every_path() -> None:
    found = simulate(growth(years(3), [0.5, -0.5, 1.0]), paths=4097, seed=1)
    series = found.get("stock", Fold.YEAR_END)
    assert series.columns == (2026, 2027, 2028) and series.unit == "USD"
    assert series.mean.tolist() == [150.0, 75.0, 150.0]
    assert series.quantiles.tolist() == [[150.0] * 5, [75.0] * 5, [150.0] * 5]
    assert found.get("stock", Fold.CUMULATIVE).mean.tolist() == [150.0, 225.0, 375.0]


@pytest.mark.parametrize("budget", [quantiles.BUDGET, 0])
def test_the_bits_are_equal_for_every_chunk(budget: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantiles, "BUDGET", budget)
    runs = [simulate(market(), paths=ODD, seed=3, chunk=c) for c in (4096, 8192, 20480)]
    first = runs[0]
    for other in runs[1:]:
        assert other.sha256 == first.sha256
        for a, b in zip(first.series, other.series, strict=True):
            assert (a.mean.tobytes(), a.quantiles.tobytes()) == (b.mean.tobytes(), b.quantiles.tobytes())
    assert simulate(market(), paths=ODD, seed=4).sha256 != first.sha256
    assert simulate(market(), paths=ODD - 1, seed=3).sha256 != first.sha256


def test_both_kinds_of_quantiles_are_close(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = simulate(market(), paths=ODD, seed=3)
    monkeypatch.setattr(quantiles, "BUDGET", 0)
    for a, b in zip(exact.series, simulate(market(), paths=ODD, seed=3).series, strict=True):
        np.testing.assert_allclose(a.quantiles, b.quantiles, rtol=9.8e-4, atol=1e-30)
        assert a.quantiles.tobytes() != b.quantiles.tobytes()


def test_series_stand_in_order_read_only_and_the_digest_is_theirs() -> None:
    found = simulate(market(), paths=100, seed=3)
    names = [(s.name, s.fold.name) for s in found.series]
    assert names == sorted(names)
    digest = hashlib.sha256()
    for series in found.series:
        for array in (series.mean, series.quantiles, series.used):
            assert not array.flags.writeable
            digest.update(array.astype("<f8").tobytes())
    assert found.sha256 == digest.hexdigest()
    with pytest.raises(LookupError):
        found.get("price", Fold.TOTAL)


def test_the_central_run_is_one_path_of_halves() -> None:
    found = central(market())
    np.testing.assert_array_equal(found.get("price", Fold.YEAR_SUM), [4.0, 4.0])
    assert found.get("u", Fold.FINAL).tolist() == [0.5] and found.get("z", Fold.FINAL).tolist() == [0.0]
    assert not found.get("u", Fold.FINAL).flags.writeable
    with pytest.raises(LookupError):
        found.get("v", Fold.FINAL)


@pytest.mark.parametrize("chunk", [0, -4096, 1000, 4097])
def test_a_chunk_is_a_multiple_of_4096(chunk: int) -> None:
    with pytest.raises(ValueError, match="4096"):
        simulate(market(), paths=10, seed=1, chunk=chunk)
    with pytest.raises(ValueError, match="4096"):
        paired([market(), market()], name="u", fold=Fold.FINAL, paths=10, seed=1, chunk=chunk)


def test_progress_is_told_and_an_interrupt_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    simulate(market(), paths=ODD, seed=1, progress=lambda done, total: told.append((done, total)))
    assert told == [(8192, ODD), (16384, ODD), (ODD, ODD)]

    def stop(done: int, total: int) -> None:
        if done > 8192:
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as stopped:
        simulate(market(), paths=ODD, seed=1, progress=stop)
    assert (stopped.value.done, stopped.value.total) == (16384, ODD)

    calls, real = [0], results.execute

    def third(*given: object, **how: object) -> object:
        calls[0] += 1
        if calls[0] == 4:
            raise KeyboardInterrupt
        return real(*given, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(results, "execute", third)
    with pytest.raises(Interrupted) as stopped:
        paired([market(), market()], name="u", fold=Fold.FINAL, paths=ODD, seed=1)
    assert (stopped.value.done, stopped.value.total) == (8192, ODD)


def of_u(op: str, value: float, *, unit: str = "") -> Program:
    """`op` of the uniform u and a number."""
    draft = Draft()
    register = draft.before(op, draft.before("uniform", data="u"), draft.before("const", data=value))
    draft.outputs.append(Output("x", register, Fold.FINAL, unit))
    return draft.made(years(1))


def test_two_plans_are_compared_path_by_path() -> None:
    """u + 0 against max(u, 1/2): equal where u >= 1/2, else the second is higher by 1/2 - u."""
    pair = paired([of_u("add", 0.0), of_u("max", 0.5)], name="x", fold=Fold.FINAL, paths=ODD, seed=3)
    u = uniform("u", ODD)
    gap = np.maximum(u, 0.5) - u
    low = float((u < 0.5).mean())
    assert pair.paths == pair.used == ODD
    np.testing.assert_allclose(pair.means, (u.mean(), np.maximum(u, 0.5).mean()), rtol=1e-12)
    np.testing.assert_allclose(pair.difference, gap.mean(), rtol=1e-12)
    assert (pair.first_higher, pair.second_higher, pair.ties) == (0.0, low, (u >= 0.5).mean())
    np.testing.assert_allclose(pair.error, gap.std() / np.sqrt(ODD), rtol=1e-10)
    np.testing.assert_allclose(
        pair.errors, (u.std() / np.sqrt(ODD), np.maximum(u, 0.5).std() / np.sqrt(ODD)), rtol=1e-10
    )
    assert pair.quantiles == tuple(np.quantile(gap, results.SHARES, method="inverted_cdf"))


@pytest.mark.parametrize("chunk", [4096, 20480])
def test_a_comparison_does_not_depend_on_the_chunk(chunk: int) -> None:
    programs = [market(), market(1.5)]
    how = {"name": "price", "fold": Fold.YEAR_SUM, "paths": ODD, "seed": 3, "column": 0}
    assert paired(programs, chunk=chunk, **how) == paired(programs, **how)  # type: ignore[arg-type]


def test_a_comparison_counts_paths_on_which_both_count() -> None:
    pair = paired([market(), market()], name="late", fold=Fold.FINAL, paths=5000, seed=3)
    assert pair.used == int((uniform("u", 5000) > 0.25).sum()) and pair.ties == 1.0 and pair.error == 0.0


def test_each_of_several_runs_has_its_own_pins_and_shows_where_it_has_no_value() -> None:
    places = (Place("z", Fold.FINAL), Place("late", Fold.FINAL))
    pinned, late = together([(market(), {"u": -1.0}), (market(), {"u": 1.5})], places, paths=5000, seed=3)
    assert (pinned == [[-1.0], [1.5]]).all()
    assert np.array_equal(~np.isnan(late[0]), uniform("u", 5000) > 0.25)
    with pytest.raises(ValueError, match="multiple"):
        together([(market(), {})], places, paths=10, seed=3, chunk=5)


def test_a_comparison_of_nothing_has_no_value() -> None:
    with pytest.raises(LookupError):
        paired([market(), market(mask=False)], name="late", fold=Fold.FINAL, paths=10, seed=3)
    draft = Draft()
    draft.outputs.append(
        Output("x", draft.before("const", data=1.0), Fold.FINAL, where=draft.before("const", data=0.0))
    )
    never = draft.made(years(1))
    with pytest.raises(UndefinedValue):
        paired([never, never], name="x", fold=Fold.FINAL, paths=10, seed=3)


def test_a_log_normal_has_its_mean() -> None:
    """exp(z / 2) has mean exp(1/8); the average of n paths is within 5 standard errors."""
    draft = Draft()
    z = draft.before("quantile", draft.before("uniform", data="x"))
    draft.outputs.append(
        Output("x", draft.before("exp", draft.before("mul", z, draft.before("const", data=0.5))), Fold.FINAL)
    )
    found = simulate(draft.made(years(1)), paths=50_000, seed=8).get("x", Fold.FINAL)
    spread = np.sqrt((np.exp(0.25) - 1) * np.exp(0.25))
    assert abs(found.mean[0] - np.exp(0.125)) < 5 * spread / np.sqrt(50_000)
    expected = np.exp(0.5 * normal.quantile(np.array(results.SHARES)))
    np.testing.assert_allclose(found.quantiles[0], expected, rtol=0.03)
