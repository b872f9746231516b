"""Splink 5 with DuckDB on one labelled set: peer_splink.py KIND FOLDER OUT.json

The settings are those of Splink's own tutorials, set by set, and were fixed before Everyname was measured beside them:

  people        deduplicate_50k_synthetic: its comparisons and the first six of its ten blocking rules (the four others
                make it slower, not better, on a million records), with the e-mail comparison and rule of the fake_1000 tutorial
  historical    deduplicate_50k_synthetic as it is (all ten rules)
  fake          the fake_1000 tutorial as it is
  febrl3        febrl3 as it is
  febrl4        febrl4, its detailed model, linked one to one by single best links
  rl, multilink, voters, voters_few, scripts
                no tutorial has these: NameComparison with term frequencies on names, DateOfBirthComparison on dates,
                ExactMatch with term frequencies on the rest, and rules of two fields as in the tutorials

What is timed: from reading the CSV to clusters at .95 in a file, without starting Python and importing. Peak memory is that
of the process when the clusters are written. Columns that the tutorials keep for charts only are not kept, which is faster.
Thresholds .5 and .95 and the best of a grid (which needs the truth) are scored after that.
"""
import json
import logging
import resource
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import splink.comparison_library as cl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

import score


@dataclass
class Plan:
    """One set's settings. `lists`: each list has a person at most once."""
    comparisons: list
    rules: list
    deterministic: list
    train: list
    recall: float = .6
    u_pairs: float = 5e6
    columns: str = "*"
    id: str = "rec_id"
    lists: bool = False
    em: dict = field(default_factory=lambda: {"estimate_without_term_frequencies": True})


def frequent(comparison):
    return comparison.configure(term_frequency_adjustments=True)


def names(*columns):
    return [frequent(cl.NameComparison(c)) for c in columns]


def exact(*columns):
    return [frequent(cl.ExactMatch(c)) for c in columns]


RULES_50K = [
    block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
    block_on("surname", "dob"),
    block_on("first_name", "dob"),
    block_on("postcode_fake", "first_name"),
    block_on("postcode_fake", "surname"),
    block_on("dob", "birth_place"),
    block_on("substr(postcode_fake,1,3)", "dob"),
    block_on("substr(postcode_fake,1,3)", "first_name"),
    block_on("substr(postcode_fake,1,3)", "surname"),
    block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
]


def full_name():
    return cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="first_name_surname_concat")


FULL_NAME = "*, first_name || ' ' || surname as first_name_surname_concat"


def people():
    return Plan(
        [full_name(), cl.DateOfBirthComparison("dob", input_is_string=True), cl.PostcodeComparison("postcode"),
         *exact("city"), cl.EmailComparison("email"), *exact("occupation")],
        [block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"), block_on("first_name", "dob"),
         block_on("postcode", "first_name"), block_on("postcode", "surname"), block_on("dob", "city"), block_on("email")],
        [block_on("first_name", "surname", "dob"), block_on("substr(first_name,1,2)", "surname", "substr(postcode,1,2)"),
         block_on("dob", "postcode")],
        [block_on("first_name", "surname"), block_on("dob")], columns=FULL_NAME)


def historical():
    return Plan(
        [full_name(), cl.DateOfBirthComparison("dob", input_is_string=True), cl.PostcodeComparison("postcode_fake"),
         *exact("birth_place", "occupation")],
        RULES_50K,
        [block_on("first_name", "surname", "dob"), block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
         block_on("dob", "postcode_fake")],
        [block_on("first_name", "surname"), block_on("dob")], columns=FULL_NAME, id="unique_id")


def fake():
    return Plan(
        [cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.LevenshteinAtThresholds("dob", 1), *exact("city"),
         cl.EmailComparison("email")],
        [block_on("first_name", "city"), block_on("surname")],
        [block_on("first_name", "dob"), "l.first_name = r.first_name and levenshtein(r.surname, l.surname) <= 2", block_on("email")],
        [block_on("first_name", "surname"), block_on("dob")], recall=.7, u_pairs=1e6, id="unique_id", em={})


def febrl3():
    return Plan(
        [cl.NameComparison("given_name"), cl.NameComparison("surname"),
         cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
         cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]), *exact("street_number", "postcode")],
        [block_on(c) for c in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")],
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth"),
         "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth"],
        [block_on("date_of_birth"), block_on("postcode")], recall=.9, u_pairs=1e6, em={})


def febrl4():
    return Plan(
        [*names("given_name", "surname"),
         cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True),
         cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), *exact("street_number"),
         frequent(cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]))],
        [block_on("given_name", "surname"), "l.given_name = r.surname and l.surname = r.given_name", block_on("date_of_birth"),
         block_on("soc_sec_id"), block_on("state", "address_1"), block_on("street_number", "address_1"), block_on("postcode")],
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
        [block_on("date_of_birth"), block_on("postcode")], recall=.8, u_pairs=1e6, lists=True)


def rl():
    born = "*, \"by\" || '-' || lpad(bm, 2, '0') || '-' || lpad(bd, 2, '0') as dob"
    return Plan(
        [*names("fname_c1", "lname_c1"), cl.DateOfBirthComparison("dob", input_is_string=True), *exact("fname_c2", "lname_c2")],
        [block_on("fname_c1", "lname_c1"), block_on("dob"), block_on("fname_c1", "bd"), block_on("lname_c1", "bd"),
         block_on("fname_c1", "\"by\""), block_on("lname_c1", "\"by\"")],
        [block_on("fname_c1", "lname_c1", "\"by\""), block_on("fname_c1", "lname_c1", "bm"), block_on("fname_c1", "lname_c1", "bd"),
         block_on("fname_c1", "dob"), block_on("lname_c1", "dob")],
        [block_on("fname_c1", "lname_c1"), block_on("dob")], recall=.7, columns=born)


def multilink():
    return Plan(
        [*names("gname", "fname"), cl.LevenshteinAtThresholds("phone", [1, 2]), *exact("postcode", "age", "occup", "sex")],
        [block_on("gname"), block_on("fname"), block_on("phone"), block_on("postcode", "occup"), block_on("postcode", "age")],
        [block_on("gname", "fname", "phone"), block_on("phone", "postcode")],
        [block_on("gname"), block_on("postcode")], recall=.5, lists=True)


def voters():
    return Plan(
        [*names("given_name", "middle_name", "family_name"), cl.LevenshteinAtThresholds("birth_year", 1),
         frequent(cl.JaroWinklerAtThresholds("street", .9)), *exact("city"), frequent(cl.LevenshteinAtThresholds("zip", 1)),
         *exact("sex")],
        [block_on("given_name", "family_name"), block_on("family_name", "birth_year"), block_on("given_name", "birth_year", "city"),
         block_on("family_name", "zip"), block_on("given_name", "zip"), block_on("street"), block_on("birth_year", "zip")],
        [block_on("given_name", "family_name", "birth_year"), block_on("family_name", "street")],
        [block_on("given_name", "family_name"), block_on("birth_year", "zip")], recall=.5, lists=True)


def voters_few():
    return Plan(
        [*names("given_name", "family_name"), *exact("city"), frequent(cl.LevenshteinAtThresholds("zip", 1))],
        [block_on("given_name", "family_name"), block_on("family_name", "zip"), block_on("given_name", "zip"),
         block_on("family_name", "city"), block_on("given_name", "city")],
        [block_on("given_name", "family_name", "zip"), block_on("given_name", "family_name", "city")],
        [block_on("given_name", "family_name"), block_on("zip")], recall=.5, lists=True)


def scripts():
    return Plan(
        [*names("given_name", "father", "family_name"), cl.LevenshteinAtThresholds("age", 1), *exact("sex", "place")],
        [block_on("given_name", "family_name"), block_on("given_name", "father"), block_on("father", "family_name"),
         block_on("given_name", "age"), block_on("family_name", "age"), block_on("father", "age")],
        [block_on("given_name", "father", "family_name")],
        [block_on("given_name", "family_name"), block_on("father", "age")], recall=.3, lists=True)


PLANS = {f.__name__: f for f in (people, historical, fake, febrl3, febrl4, rl, multilink, voters, voters_few, scripts)}


def read_lists(plan, folder, connection):
    """Registers one table a list, or one for all."""
    path = str(folder / "records.csv")
    connection.execute(f"create table records as select {plan.columns} from read_csv(?, all_varchar=true)", [path])
    if not plan.lists:
        return ["records"]
    lists = [row[0] for row in connection.execute("select distinct list from records order by list").fetchall()]
    for k, name in enumerate(lists):
        connection.execute(f"create table list_{k} as select * from records where list = ?", [name])
    return [f"list_{k}" for k in range(len(lists))]


def link(plan, folder, connection):
    tables = read_lists(plan, folder, connection)
    api = DuckDBAPI(connection)
    settings = SettingsCreator(link_type="link_only" if plan.lists else "dedupe_only", unique_id_column_name=plan.id,
                               comparisons=plan.comparisons, blocking_rules_to_generate_predictions=plan.rules,
                               retain_matching_columns=False, retain_intermediate_calculation_columns=False)
    linker = Linker([api.register(t, dataset_display_name=t + "_in") for t in tables], settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(plan.deterministic, recall=plan.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=plan.u_pairs, seed=1)
    for rule in plan.train:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, **plan.em)
    predicted = linker.inference.predict(threshold_match_probability=.001)
    if plan.lists:
        cluster = lambda p: linker.clustering.cluster_using_single_best_links(  # noqa: E731
            predicted, [t + "_in" for t in tables], threshold_match_probability=p)
    else:
        cluster = lambda p: linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, p)  # noqa: E731
    clusters = cluster(.95)
    return predicted, clusters, cluster


def labels(clusters, plan, index):
    frame = clusters.as_pandas_dataframe()
    said = np.empty(len(index), dtype=np.int64)
    said[index.get_indexer(frame[plan.id])] = pd.factorize(frame.cluster_id)[0]
    return said


def by_threshold(predicted, plan, truth):
    """Scores of links, and of connected components, on a grid of probabilities."""
    edges = predicted.as_duckdbpyrelation().project(f"match_weight, {plan.id}_l, {plan.id}_r").df()
    left, right = truth.index.get_indexer(edges[f"{plan.id}_l"]), truth.index.get_indexer(edges[f"{plan.id}_r"])
    found = {}
    for p in (.001, .01, .05, .2, .5, .8, .9, .95, .98, .99, .995, .999, .9999, .99999, .999999):
        keep = edges.match_weight.to_numpy() >= np.log2(p / (1 - p))
        graph = coo_array((np.ones(keep.sum(), bool), (left[keep], right[keep])), shape=(len(truth), len(truth)))
        said = connected_components(graph, directed=False)[1]
        found[p] = {"links": score.of_links(truth.to_numpy(), left[keep], right[keep]), "clusters": score.of_clusters(truth.to_numpy(), said)}
    return found, len(edges)


def best_of(found):
    """What a user who knew the truth would choose: by the F1 of the clusters, and of the links."""
    clusters = max(found, key=lambda p: found[p]["clusters"]["f1"])
    links = max(found, key=lambda p: found[p]["links"]["f1"])
    return {"threshold": clusters, "clusters": found[clusters]["clusters"], "links": found[links]["links"], "links_threshold": links}


def main():
    kind, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    plan = PLANS[kind]()
    began, spent = time.monotonic(), time.process_time()
    connection = duckdb.connect()
    connection.execute("set threads to 2")
    predicted, clusters, cluster = link(plan, folder, connection)
    clusters.as_duckdbpyrelation().write_parquet(str(out) + ".parquet")
    seconds, cpu = time.monotonic() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    truth = score.read_truth(folder)
    found, edges = by_threshold(predicted, plan, truth)
    at = {p: found[p] for p in (.5, .95)}
    best = best_of(found)
    if plan.lists:
        one = {p: score.of_clusters(truth.to_numpy(), labels(cluster(p), plan, truth.index)) for p in (.001, .01, .05, .2, .5, .8, .9, .95, .99, .999)}
        for p in at:
            at[p]["clusters"] = one[p]
        best["threshold"] = max(one, key=lambda p: one[p]["f1"])
        best["clusters"] = one[best["threshold"]]
    out.write_text(json.dumps({"seconds": seconds, "cpu": cpu, "peak_memory": peak, "pairs": edges, "at": at, "best": best}))


if __name__ == "__main__":
    main()
