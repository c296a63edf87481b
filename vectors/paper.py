"""Paillier as docs/PAPER.md has it, written from that page alone. For checking, not for use."""
import hashlib, math
from functools import lru_cache

from primitives import need, number


power = lru_cache(100000)(pow)

def residue(domain, n, survey, suffix=b""):
    """Bytes: a hash as a number modulo n."""
    xof = hashlib.shake_256(domain.encode("ascii") + n + survey + suffix).digest(len(n) + 16)
    return number(xof) % number(n)

@lru_cache(1000)
def admit_key(data):
    """What is refused: a key."""
    n, bits = number(data), 8 * len(data)
    need(bits in (2048, 3072, 4096) and n >> bits - 1 == 1, "length")
    need(all(n % k for k in range(2, 6370)), "even, or a small factor")
    for k in range(2, bits // 12):
        root = 0
        for bit in range(bits // k, -1, -1):
            if (root | 1 << bit) ** k <= n: root |= 1 << bit
        need(root ** k != n, "a power")
    need(pow(2, n - 1, n) != 1, "a prime")

def key_proof_holds(data, survey, proof):
    """The key proof: eleven n-th roots."""
    n, width = number(data), len(data)
    need(len(proof) == 11 * width, "length")
    for i in range(11):
        root = number(proof[i * width:(i + 1) * width])
        challenge = residue("sealed-pay/v1/paillier-key-proof", data, survey, bytes([i]))
        need(0 < root < n and power(root, n, n) == challenge, "root %d" % i)

def noise_base(data, survey):
    """Formulas: h_s = (-x^2)^n modulo n^2."""
    n = number(data)
    return power(-residue("sealed-pay/v1/paillier-h", data, survey) ** 2 % n, n, n * n)

def admit_ciphertext(data, n):
    """What is refused: a ciphertext. Returns c."""
    width = len(data) // 2
    c0, c1 = number(data[:width]), number(data[width:])
    need(2 * width == n.bit_length() // 4 and c0 < n and c1 < n and (c0 or c1), "not reduced, or zero")
    need(math.gcd(c0, n) == 1, "shares a factor with n")
    return c0 + c1 * n

def ciphertext_bytes(c, n): return b"".join(x.to_bytes(n.bit_length() // 8, "big") for x in (c % n, c // n))

def jacobi(a, n):
    """What secrecy rests on: +1 for every ciphertext made with h_s."""
    sign = 1
    while a:
        while a % 2 == 0:
            a, sign = a // 2, -sign if n % 8 in (3, 5) else sign
        a, n, sign = n, a, -sign if a % 4 == 3 == n % 4 else sign
        a %= n
    return sign if n == 1 else 0

def encrypt(m, a, n, survey):
    """Formulas: c = (1 + m n) h_s^a modulo n^2. All three numbers in bytes; the ciphertext too."""
    modulus = number(n)
    need(len(a) == len(n) // 2 and number(m) < modulus, "length")
    c = (1 + number(m) * modulus) * power(noise_base(n, survey), number(a), modulus ** 2) % modulus ** 2
    return ciphertext_bytes(c, modulus)

def decrypt(c, p, q):
    """Formulas: modulo p, modulo q, and the halves joined."""
    def half(p, q):
        one_and_l = power(c % p ** 2, p - 1, p ** 2)
        need(one_and_l % p == 1, "no unit")
        return one_and_l // p * pow(-q, -1, p) % p
    m_p, m_q = half(p, q), half(q, p)
    return m_p + p * ((m_q - m_p) * pow(p, -1, q) % q)

def probably_prime(n):
    """Miller and Rabin's test to the first twelve primes, after a division by small numbers."""
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    def passes(base):
        x = power(base, odd, n)
        return x in (1, n - 1) or any((x := x * x % n) == n - 1 for _ in range(twos - 1))
    return all(n % k for k in range(2, 2000)) and all(map(passes, (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)))

@lru_cache(1000)
def admit_factors(p, q, n):
    """Symbols: safe primes of half the length, their upper two bits set, not close to each other."""
    half = n.bit_length() // 2
    need(p * q == n and p >> half - 2 == q >> half - 2 == 3 and abs(p - q) > 2 ** (half - 100), "factors")
    need(all(map(probably_prime, (p, q, p // 2, q // 2))), "not safe primes")
