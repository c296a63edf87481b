"""The peer python-paillier with gmpy2. Arguments: p and q in hexadecimal. Reads lines
"name count" and answers with the processor time of one operation in nanoseconds."""
import sys
import time

import gmpy2  # noqa: F401  python-paillier uses it if it is there, and must have it here
from phe import paillier
from phe import util

assert util.HAVE_GMP
p, q = (int(x, 16) for x in sys.argv[1:3])
public = paillier.PaillierPublicKey(p * q)
private = paillier.PaillierPrivateKey(public, p, q)
# What everybody encrypts: powers of 3, as long as n.
plain = [pow(3, 1000 + i, public.n) for i in range(64)]
ciphers = [public.raw_encrypt(m) for m in plain]
numbers = [paillier.EncryptedNumber(public, c) for c in ciphers]

for line in sys.stdin:
    name, count = line.split()
    count = int(count)
    begun = time.thread_time_ns()
    if name == "encrypt":
        for i in range(count):
            public.raw_encrypt(plain[i % 64])
    elif name == "aggregate":
        acc = ciphers[0]
        for i in range(count):
            acc = numbers[0]._raw_add(acc, ciphers[i % 64])
    elif name == "decrypt":
        for i in range(count):
            private.raw_decrypt(ciphers[i % 64])
    else:
        for i in range(count):
            paillier.generate_paillier_keypair(n_length=public.n.bit_length())
    print((time.thread_time_ns() - begun) / count, flush=True)
