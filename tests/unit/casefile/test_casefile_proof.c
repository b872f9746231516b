/* Proofs from the ledger hold where they should and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "casefile/hash.h"
#include "casefile_fixture.h"

enum { LEAVES = 21 };

static void make_leaves(en_hash *leaves) {
    for (unsigned char i = 0; i < LEAVES; i++) en_merkle_leaf(&i, 1, leaves[i]);
}

static void inclusion_of_every_leaf_of_every_tree(void **state) {
    (void)state;
    en_hash leaves[LEAVES], root;
    en_proof proof;
    make_leaves(leaves);
    for (uint64_t n = 1; n <= LEAVES; n++) {
        en_merkle_root_of(leaves, n, root);
        for (uint64_t m = 0; m < n; m++) {
            en_merkle_inclusion(leaves, n, m, &proof);
            assert_true(en_merkle_includes(root, n, leaves[m], m, &proof));
            assert_false(en_merkle_includes(root, n, leaves[(m + 1) % LEAVES], m, &proof));
            if (n > 1) assert_false(en_merkle_includes(root, n, leaves[m], (m + 1) % n, &proof));
            if (proof.n) proof.path[0][3] ^= 1;
            if (proof.n) assert_false(en_merkle_includes(root, n, leaves[m], m, &proof));
        }
    }
}

static void every_tree_extends_its_beginnings_alone(void **state) {
    (void)state;
    en_hash leaves[LEAVES], root, old;
    en_proof proof;
    make_leaves(leaves);
    for (uint64_t n = 1; n <= LEAVES; n++) {
        en_merkle_root_of(leaves, n, root);
        for (uint64_t m = 1; m <= n; m++) {
            en_merkle_root_of(leaves, m, old);
            en_merkle_consistency(leaves, n, m, &proof);
            assert_true(en_merkle_extends(root, n, old, m, &proof));
            old[7] ^= 4;
            assert_false(en_merkle_extends(root, n, old, m, &proof));
            old[7] ^= 4;
            if (m > 1) assert_false(en_merkle_extends(root, n, old, m - 1, &proof));
            if (proof.n) proof.path[proof.n - 1][0] ^= 1;
            if (proof.n) assert_false(en_merkle_extends(root, n, old, m, &proof));
        }
        assert_false(en_merkle_extends(root, n, root, n + 1, &proof));
    }
}

static void a_case_extends_its_own_past(void **state) {
    (void)state;
    en_case *c;
    en_moment before, other;
    en_proof proof;
    bool extends;
    make_case();
    must(en_case_open(case_path, true, &c, &err));
    must(en_case_moment(c, &before, &err));
    fill_case(c, 3);
    must(en_case_extends(c, &before, &extends, &proof, &err));
    assert_true(extends);
    other = before;
    other.head[0] ^= 1; /* an entry was rewritten */
    must(en_case_extends(c, &other, &extends, &proof, &err));
    assert_false(extends);
    other = before;
    other.first[0] ^= 1; /* another case */
    must(en_case_extends(c, &other, &extends, &proof, &err));
    assert_false(extends);
    must(en_case_moment(c, &other, &err));
    other.entries++; /* the last entry was removed */
    must(en_case_extends(c, &other, &extends, &proof, &err));
    assert_false(extends);
    en_case_close(c);
}

static void rows_and_records_are_proved(void **state) {
    (void)state;
    en_case *c;
    en_inclusion proof;
    make_case();
    must(en_case_open(case_path, false, &c, &err));
    static const en_id ids[] = {{2, 0}, {2, 3}, {2, 4}, {2, 4 + FIXTURE_ROWS - 1}, {3, 1}, {4, 0}, {5, 0}};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        must(en_case_inclusion(c, ids[i], 2, &proof, &err)); /* which checks what it found */
        assert_false(proof.absent);
        assert_int_equal(proof.entry.number, ids[i].entry);
    }
    assert_int_equal(en_case_inclusion(c, (en_id){9, 0}, 1, &proof, &err), EN_ERR_NOT_FOUND);
    assert_int_equal(en_case_inclusion(c, (en_id){2, 100000}, 1, &proof, &err), EN_ERR_NOT_FOUND);
    en_case_close(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inclusion_of_every_leaf_of_every_tree),
        cmocka_unit_test(every_tree_extends_its_beginnings_alone),
        cmocka_unit_test_teardown(a_case_extends_its_own_past, remove_files),
        cmocka_unit_test_teardown(rows_and_records_are_proved, remove_files),
    };
    return cmocka_run_group_tests(tests, set_up_folder, remove_folder);
}
