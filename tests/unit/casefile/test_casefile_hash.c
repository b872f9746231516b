/* HMAC against RFC 4231, Merkle trees against the vectors of Google's certificate-transparency tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "casefile/hash.h"
#include "casefile/page_vfs.h"

static void assert_hex(const unsigned char *hash, const char *expected) {
    char hex[EN_HASH_HEX];
    en_hex(hash, EN_HASH, hex);
    assert_string_equal(hex, expected);
}

/* RFC 4231, cases 1 and 2: shorter keys are filled up with zeros, as HMAC itself does. */
static void hmac(void **state) {
    (void)state;
    unsigned char key[EN_HASH] = {0};
    en_hmac mac;
    en_hash out;
    memset(key, 0x0b, 20);
    en_hmac_key(&mac, key);
    en_hmac_sign(&mac, "Hi There", 8, out);
    assert_hex(out, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    memset(key, 0, sizeof key);
    for (int i = 0; i < 4; i++) key[i] = (unsigned char)"Jefe"[i];
    en_hmac_key(&mac, key);
    en_hmac_sign(&mac, "what do ya want for nothing?", 28, out);
    assert_hex(out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void merkle(void **state) {
    (void)state;
    static const struct {
        const char *leaf;
        size_t n;
    } leaves[] = {{"", 0},
                  {"\x00", 1},
                  {"\x10", 1},
                  {"\x20\x21", 2},
                  {"\x30\x31", 2},
                  {"\x40\x41\x42\x43", 4},
                  {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
                  {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16}};
    static const char *const roots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    en_merkle tree = {0};
    en_hash leaf, root;
    for (size_t i = 0; i <= 8; i++) {
        en_merkle_root(&tree, root);
        assert_hex(root, roots[i]);
        if (i == 8) break;
        en_merkle_leaf(leaves[i].leaf, leaves[i].n, leaf);
        en_merkle_add(&tree, leaf);
    }
}

/* By hand: words 1, 2 of a page of 16 bytes: s1 = 1, s2 = 0 + 2 + 1 = 3. */
static void page_checksum(void **state) {
    (void)state;
    unsigned char page[16] = {1, 0, 0, 0, 2}, sum[EN_PAGE_RESERVED];
    static const unsigned char expected[EN_PAGE_RESERVED] = {1, 0, 0, 0, 3};
    en_page_checksum(page, sizeof page, sum);
    assert_memory_equal(sum, expected, sizeof sum);
}

static void hex(void **state) {
    (void)state;
    unsigned char out[2];
    assert_true(en_hash_from_hex("0aff", out, 2));
    assert_int_equal(out[0] << 8 | out[1], 0x0aff);
    assert_false(en_hash_from_hex("0aF0", out, 2));
    assert_false(en_hash_from_hex("0af", out, 2));
    assert_false(en_hash_from_hex("0aff0", out, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(hmac), cmocka_unit_test(merkle),
                                       cmocka_unit_test(page_checksum), cmocka_unit_test(hex)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
