"""The recordlinkage toolkit (its ECM classifier, its indexers) on one labelled set: peer_recordlinkage.py KIND FOLDER OUT.json

As its guide does it: candidate pairs by blocks, a threshold of .85 on Jaro-Winkler for names and equality for the rest, then
ECMClassifier without labels; the pairs it calls links are closed to clusters (connected components). Blocks are those of the
other peer where equality of columns expresses them. Lists in which nobody stands twice make no pair within a list. What is timed
and measured is as in peer_splink.py.
"""
import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import recordlinkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

import score

# blocks; columns compared as strings; columns compared for equality; the id; one a list
PLANS = {
    "people": ([["first_name", "surname"], ["surname", "dob"], ["first_name", "dob"], ["postcode", "first_name"],
                ["postcode", "surname"], ["dob", "city"], ["email"]],
               ["first_name", "surname", "email"], ["dob", "city", "postcode", "occupation"], "rec_id", False),
    "historical": ([["first_name", "surname"], ["surname", "dob"], ["first_name", "dob"], ["postcode_fake", "first_name"],
                    ["postcode_fake", "surname"], ["dob", "birth_place"]],
                   ["first_name", "surname", "postcode_fake"], ["dob", "birth_place", "occupation", "gender"], "unique_id", False),
    "fake": ([["first_name"], ["surname"], ["email"]], ["first_name", "surname", "email"], ["dob", "city"], "unique_id", False),
    "febrl3": ([["soc_sec_id"], ["given_name"], ["surname"], ["date_of_birth"], ["postcode"]],
               ["given_name", "surname", "address_1"], ["date_of_birth", "suburb", "state", "soc_sec_id"], "rec_id", False),
    "febrl4": ([["given_name", "surname"], ["date_of_birth"], ["soc_sec_id"], ["state", "address_1"], ["street_number", "address_1"],
                ["postcode"]],
               ["given_name", "surname", "address_1"], ["date_of_birth", "suburb", "state", "soc_sec_id"], "rec_id", True),
    "rl": ([["fname_c1", "lname_c1"], ["by", "bm", "bd"], ["fname_c1", "bd"], ["lname_c1", "bd"], ["fname_c1", "by"], ["lname_c1", "by"]],
           ["fname_c1", "lname_c1"], ["by", "bm", "bd"], "rec_id", False),
    "multilink": ([["gname"], ["fname"], ["phone"], ["postcode", "occup"], ["postcode", "age"]],
                  ["gname", "fname", "phone"], ["postcode", "age", "occup", "sex"], "rec_id", True),
    "voters": ([["given_name", "family_name"], ["family_name", "birth_year"], ["given_name", "birth_year", "city"],
                ["family_name", "zip"], ["given_name", "zip"], ["street"], ["birth_year", "zip"]],
               ["given_name", "middle_name", "family_name", "street"], ["birth_year", "city", "zip", "sex"], "rec_id", True),
    "voters_few": ([["given_name", "family_name"], ["family_name", "zip"], ["given_name", "zip"], ["family_name", "city"],
                    ["given_name", "city"]],
                   ["given_name", "family_name"], ["city", "zip"], "rec_id", True),
    "scripts": ([["given_name", "family_name"], ["given_name", "father"], ["father", "family_name"], ["given_name", "age"],
                 ["family_name", "age"], ["father", "age"]],
                ["given_name", "father", "family_name"], ["age", "sex", "place"], "rec_id", True),
}


def candidates(frame, blocks, lists):
    index = recordlinkage.Index()
    for block in blocks:
        index.block(block)
    pairs = index.index(frame)
    if lists:
        of = frame["list"]
        pairs = pairs[of.loc[pairs.get_level_values(0)].to_numpy() != of.loc[pairs.get_level_values(1)].to_numpy()]
    return pairs


def link(plan, folder):
    blocks, strings, equal, id_column, lists = plan
    frame = pd.read_csv(folder / "records.csv", dtype=str).set_index(id_column)
    pairs = candidates(frame, blocks, lists)
    compare = recordlinkage.Compare()
    for column in strings:
        compare.string(column, column, method="jarowinkler", threshold=.85, label=column)
    for column in equal:
        compare.exact(column, column, label=column)
    links = recordlinkage.ECMClassifier().fit_predict(compare.compute(pairs, frame))
    left, right = (frame.index.get_indexer(links.get_level_values(k)) for k in (0, 1))
    graph = coo_array((np.ones(len(left), bool), (left, right)), shape=(len(frame), len(frame)))
    return frame.index, left, right, connected_components(graph, directed=False)[1], len(pairs)


def main():
    kind, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    warnings.simplefilter("ignore")
    began, spent = time.monotonic(), time.process_time()
    index, left, right, said, pairs = link(PLANS[kind], folder)
    pd.DataFrame({"rec_id": index, "person_id": said}).to_csv(str(out) + ".csv", index=False)
    seconds, cpu = time.monotonic() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    truth = score.read_truth(folder).loc[index].to_numpy()
    at = {"links": score.of_links(truth, left, right), "clusters": score.of_clusters(truth, said)}
    out.write_text(json.dumps({"seconds": seconds, "cpu": cpu, "peak_memory": peak, "pairs": pairs, "at": {"0.5": at}}))


if __name__ == "__main__":
    main()
