//! What a page may offer, and what it is answered.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use str0m::change::SdpOffer;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::from_feature_flags;
use str0m::rtp::ExtensionMap;
use str0m::{Candidate, Rtc, RtcConfig};

/// Bytes of an offer, at most: a browser's has about 3 KiB.
const LONGEST: usize = 32 * 1024;
/// Lines of an offer, at most.
const MOST_LINES: usize = 600;

/// Reads an offer before anything else does: one line of sound, at most one of data, nothing else. Gives it without
/// the page's addresses, which are learnt from where its packets come from: they are nobody's business, and names of
/// the local network would only be asked for in vain.
///
/// # Errors
/// What is wrong with it, for whoever wrote the page.
pub fn inspect_offer(sdp: &str) -> Result<String, &'static str> {
    if sdp.len() > LONGEST || sdp.lines().count() > MOST_LINES {
        return Err("the offer is too long");
    }
    if !sdp.starts_with("v=0") {
        return Err("the offer is no SDP");
    }
    let media = |kind: &str| sdp.lines().filter(|line| line.starts_with(kind)).count();
    match (media("m=audio "), media("m=application "), media("m=")) {
        (1, 0..=1, all) if all <= 2 => {}
        (0, ..) => return Err("the offer has no sound"),
        _ => return Err("the offer has more than one line of sound and one of data"),
    }
    if media("m=") != media("m=audio ") + media("m=application ") {
        return Err("the offer has more than sound and data");
    }
    let is_kept = |line: &&str| !line.starts_with("a=candidate:") && !line.starts_with("a=end-of-candidates");
    Ok(sdp.lines().filter(is_kept).flat_map(|line| [line, "\r\n"]).collect())
}

/// By what pages know this server: made once, since making it takes longer than a whole connection.
#[derive(Clone)]
pub(crate) struct Identity {
    crypto: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl Identity {
    /// A new one; `None` when the system gives no random numbers.
    pub fn make() -> Option<Self> {
        let crypto = from_feature_flags();
        let certificate = crypto.dtls_provider.generate_certificate()?;
        Some(Self { crypto: Arc::new(crypto), certificate })
    }
}

/// Agrees with an offer that was inspected. `None` for one that cannot be read, also when reading it breaks.
pub(crate) fn agree(sdp: &str, identity: &Identity, addresses: &[SocketAddr]) -> Option<(Rtc, String)> {
    catch_unwind(AssertUnwindSafe(|| {
        let offer = SdpOffer::from_sdp_string(sdp).ok()?;
        let mut rtc = RtcConfig::new()
            .set_crypto_provider(identity.crypto.clone())
            .set_dtls_cert(identity.certificate.clone())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_opus(true, false)
            // Nothing of a single stream of sound needs them, and each would be written fifty times a second.
            .set_extension_map(ExtensionMap::empty())
            .set_stats_interval(Some(Duration::from_secs(2)))
            .set_send_buffer_audio(8)
            .build(tokio::time::Instant::now().into_std());
        for address in addresses {
            rtc.add_local_candidate(Candidate::host(*address, "udp").ok()?);
        }
        let answer = rtc.sdp_api().accept_offer(offer).ok()?;
        Some((rtc, answer.to_sdp_string()))
    }))
    .ok()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_one_line_of_sound_and_one_of_data() {
        let sound = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=candidate:1 1 udp 1 x.local 5 typ host\r\na=mid:0\r\n";
        let kept = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n";
        assert_eq!(inspect_offer(sound), Ok(kept.to_owned()));
        let data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";
        assert!(inspect_offer(&format!("{sound}{data}")).is_ok());
        for (offer, wrong) in [
            (String::new(), "the offer is no SDP"),
            ("{}".to_owned(), "the offer is no SDP"),
            ("v=0\r\n".to_owned(), "the offer has no sound"),
            (format!("v=0\r\n{data}"), "the offer has no sound"),
            (format!("{sound}m=video 9 x 96\r\n"), "the offer has more than sound and data"),
            (format!("{sound}{data}{data}"), "the offer has more than one line of sound and one of data"),
            ("v=0\r\n".repeat(700), "the offer is too long"),
            (format!("v=0{}", "x".repeat(40_000)), "the offer is too long"),
        ] {
            assert_eq!(inspect_offer(&offer), Err(wrong), "{:.60}", offer);
        }
    }
}
