/* The peer GMP. Arguments: n and p·q's factors in hexadecimal. Reads lines "name count" and
 * answers with the processor time of one operation in nanoseconds. */
#include <gmp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define NUMBERS 64

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    mpz_t n, p, q, nn, p2, q2, p1, q1, acc, t, u, c[NUMBERS], m[NUMBERS];
    gmp_randstate_t random;
    mpz_init_set_str(n, argv[1], 16);
    mpz_init_set_str(p, argv[2], 16);
    mpz_init_set_str(q, argv[3], 16);
    mpz_inits(nn, p2, q2, p1, q1, acc, t, u, NULL);
    mpz_mul(nn, n, n);
    mpz_mul(p2, p, p);
    mpz_mul(q2, q, q);
    mpz_sub_ui(p1, p, 1);
    mpz_sub_ui(q1, q, 1);
    gmp_randinit_default(random);
    for (int i = 0; i < NUMBERS; i++) {
        mpz_init(c[i]);
        mpz_urandomm(c[i], random, nn);
        /* The plaintexts that everybody encrypts: powers of 3, as long as n. */
        mpz_init_set_ui(m[i], 3);
        mpz_powm_ui(m[i], m[i], 1000 + i, n);
    }
    char name[32];
    long count;
    while (scanf("%31s %ld", name, &count) == 2) {
        mpz_set_ui(acc, 1);
        double begun = now();
        for (long i = 0; i < count; i++) {
            if (!strcmp(name, "aggregate")) { /* multiply, divide */
                mpz_mul(t, acc, c[i % NUMBERS]);
                mpz_mod(acc, t, nn);
            } else if (!strcmp(name, "encrypt")) { /* (1 + m·n)·r^n, r below n */
                mpz_mod(u, c[i % NUMBERS], n);
                mpz_powm(t, u, n, nn);
                mpz_mul(acc, n, m[i % NUMBERS]);
                mpz_add_ui(acc, acc, 1);
                mpz_mul(acc, acc, t);
                mpz_mod(acc, acc, nn);
            } else { /* decrypt: both halves; joining them is not counted */
                mpz_mod(t, c[i % NUMBERS], p2);
                mpz_powm(t, t, p1, p2);
                mpz_mod(u, c[i % NUMBERS], q2);
                mpz_powm(u, u, q1, q2);
                mpz_add(acc, t, u);
            }
        }
        printf("%.1f\n", (now() - begun) / count);
        fflush(stdout);
    }
    return 0;
}
