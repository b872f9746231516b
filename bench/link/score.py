"""How well pairs and clusters agree with the truth: F1 over pairs, and B-cubed F1."""
import numpy as np
import pandas as pd


def read_truth(folder):
    """The entity of each record, by its id."""
    truth = pd.read_csv(folder / "truth.csv", dtype=str, keep_default_na=False)
    return pd.Series(pd.factorize(truth.entity_id)[0], index=truth.rec_id)


def f1(hit, said, true):
    precision, recall = hit / said if said else 1.0, hit / true if true else 1.0
    return {"f1": 2 * hit / (said + true) if said + true else 1.0, "precision": precision, "recall": recall}


def pairs_within(labels):
    _, n = np.unique(labels, return_counts=True)
    return int((n.astype(np.int64) * (n - 1) // 2).sum())


def of_links(truth, left, right):
    """Pairs as they were said, each once; records by their position in `truth`."""
    return f1(int((truth[left] == truth[right]).sum()), len(left), pairs_within(truth))


def of_clusters(truth, said):
    """Pairs within clusters, and B-cubed (Bagga and Baldwin 1998). Both arrays have a label a record."""
    both = said.astype(np.int64) * (truth.max() + 1) + truth
    score = f1(pairs_within(both), pairs_within(said), pairs_within(truth))
    _, cell, n_both = np.unique(both, return_inverse=True, return_counts=True)
    _, mine, n_said = np.unique(said, return_inverse=True, return_counts=True)
    _, theirs, n_true = np.unique(truth, return_inverse=True, return_counts=True)
    precision, recall = (n_both[cell] / n_said[mine]).mean(), (n_both[cell] / n_true[theirs]).mean()
    return {**score, "b3": 2 * precision * recall / (precision + recall)}
