//! How many requests one address may make.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use protocol::Problem;

use crate::RateLimit;
use crate::refusal::Refusal;

/// After how many requests addresses that have been quiet are forgotten.
const SWEEP_EVERY: u32 = 10_000;

/// The buckets of all addresses; one for all workers.
pub(crate) struct Buckets {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    proxies: usize,
    asked: AtomicU32,
}

impl Buckets {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let at_least_one = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(at_least_one(limit.per_second)).allow_burst(at_least_one(limit.burst));
        Self { limiter: RateLimiter::keyed(quota), proxies: limit.proxies, asked: AtomicU32::new(0) }
    }

    /// Takes a token, or says after how many seconds there will be one.
    fn take(&self, peer: IpAddr) -> Result<(), u64> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let now = DefaultClock::default().now();
        self.limiter.check_key(&network(peer)).map_err(|wait| wait.wait_time_from(now).as_secs() + 1)
    }
}

/// Refuses requests of an address whose bucket is empty.
pub(crate) async fn limit(
    buckets: web::Data<Option<Buckets>>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if let Some(buckets) = buckets.as_ref()
        && let Some(peer) = peer(&request, buckets.proxies)
        && let Err(seconds) = buckets.take(peer)
    {
        let refusal = Refusal::from(Problem::TooManyRequests).retry_after(seconds);
        return Ok(request.into_response(refusal.error_response()).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

/// Who asks: the socket's peer, or what the outermost trusted proxy saw.
fn peer(request: &ServiceRequest, proxies: usize) -> Option<IpAddr> {
    let socket = request.peer_addr().map(|address| address.ip());
    // The proxy nearest to us wrote the last entry, the one before it the last but one. Several lines are one
    // list: some proxies append a line of their own, so a first line may be all the client's.
    let seen = proxies.checked_sub(1).and_then(|before_last| {
        let lines = request.headers().get_all("x-forwarded-for");
        let entries: Vec<&[u8]> =
            lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
        let entry = entries.into_iter().rev().nth(before_last)?;
        std::str::from_utf8(entry).ok()?.trim().parse().ok()
    });
    seen.or(socket)
}

/// One household or office has a whole IPv6 /64: it counts as one address.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => {
            let prefix = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(prefix))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn asked_by(forwarded: &str) -> ServiceRequest {
        TestRequest::default()
            .peer_addr("192.0.2.1:9".parse().unwrap())
            .insert_header(("x-forwarded-for", forwarded))
            .to_srv_request()
    }

    #[test]
    fn an_empty_bucket_refuses_and_others_are_not_touched() {
        let buckets = Buckets::new(RateLimit { per_second: 1, burst: 2, proxies: 0 });
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        assert_eq!((buckets.take(one), buckets.take(one)), (Ok(()), Ok(())));
        assert_eq!(buckets.take(one), Err(1));
        assert_eq!(buckets.take(other), Ok(()));
    }

    #[test]
    fn a_network_of_version_6_counts_as_one() {
        let in_one = ["2001:db8::1", "2001:db8::ffff:1"].map(|text| network(text.parse().unwrap()));
        assert_eq!(in_one[0], in_one[1]);
        assert_ne!(in_one[0], network("2001:db8:0:1::1".parse().unwrap()));
    }

    #[test]
    fn a_forwarding_header_counts_only_as_far_as_proxies_are_trusted() {
        let request = asked_by("203.0.113.7, 198.51.100.2, 198.51.100.1");
        let who = |proxies| peer(&request, proxies).unwrap().to_string();
        assert_eq!(who(0), "192.0.2.1");
        assert_eq!(who(1), "198.51.100.1");
        assert_eq!(who(2), "198.51.100.2");
        assert_eq!(peer(&asked_by("nonsense"), 1).unwrap().to_string(), "192.0.2.1");
    }

    #[test]
    fn a_client_does_not_choose_its_address_by_sending_a_first_line() {
        let request = TestRequest::default()
            .peer_addr("192.0.2.1:9".parse().unwrap())
            .append_header(("x-forwarded-for", "203.0.113.66"))
            .append_header(("x-forwarded-for", "203.0.113.7, 198.51.100.2"))
            .append_header(("x-forwarded-for", "198.51.100.1"))
            .to_srv_request();
        let who = |proxies| peer(&request, proxies).unwrap().to_string();
        assert_eq!([1, 2, 3].map(who), ["198.51.100.1", "198.51.100.2", "203.0.113.7"]);
    }
}
