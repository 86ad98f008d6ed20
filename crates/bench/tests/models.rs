//! The measurement itself, made short: every way gets its replies, and the figures are written down.

use serde_json::Value;
use std::process::Command;

#[cfg(target_os = "linux")]
#[test]
fn every_way_is_timed_and_a_proxy_that_is_left_out_is_named() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("bench.json");
    let output = Command::new(env!("CARGO_BIN_EXE_greenroom-bench"))
        .args(["models", "--without-proxy", "--streams", "1,3", "--seconds", "0", "--chunks", "3"])
        .args(["--pause-ms", "1", "--out"])
        .arg(&file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("LiteLLM was not run: it was left out"), "{table}");
    let figures: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let models = &figures["models"];
    assert_eq!(models["memory"]["open"], 200);
    let cells = models["cells"].as_array().unwrap();
    assert_eq!(cells.iter().map(|cell| &cell["streams"]).collect::<Vec<_>>(), [1, 3]);
    for cell in cells {
        for way in ["floor", "ours"] {
            let load = &cell[way];
            // Two pauses of 1 ms lie between the first chunk and the last.
            assert!(load["total_p50_ms"].as_f64().unwrap() >= 2.0, "{way}: {load}");
            assert!(load["first_p50_ms"].as_f64() < load["total_p50_ms"].as_f64(), "{way}: {load}");
            // Four turns of one reply a stream at least, that of the warm-up not counted.
            assert!(
                load["replies"].as_u64() >= cell["streams"].as_u64().map(|streams| 4 * streams),
                "{load}"
            );
        }
        let adds =
            cell["ours"]["first_p50_ms"].as_f64().unwrap() - cell["floor"]["first_p50_ms"].as_f64().unwrap();
        assert!((adds - cell["ours_adds"]["first_p50_ms"].as_f64().unwrap()).abs() < 1e-9);
        assert_eq!(cell["proxy"], Value::Null);
    }
}
