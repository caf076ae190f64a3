//! A salesperson with 10,000 customers files his resignation 提交离职.

use std::time::Duration;

use serde_json::json;

use crate::Problem;
use crate::data::PASSWORD;
use crate::data::shape;
use crate::http::Caller;
use crate::site::Site;
use crate::table::{Bar, Line};

/// Each of those who leave files so often; in between HR and he agree to take it back.
const ROUNDS: u32 = 6;

/// Files over HTTP and looks at the effects: the old session is over, the new one works in handover
/// mode.
pub async fn measure(site: &Site) -> Result<Vec<Line>, Problem> {
    let server = site.place.serve().await?;
    let address = &server.address;
    let mut hr = Caller::sign_in(address, &shape::number(shape::HR), PASSWORD).await?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        for n in 0..shape::STAYS {
            let number = shape::number(shape::key_seller(n));
            let mut leaver = Caller::sign_in(address, &number, PASSWORD).await?;
            let notice = json!({ "kind": "resignation", "reason": "个人发展" });
            let answer = leaver.post("/api/v1/departures", &notice).await?;
            times.push(answer.took);
            let status = leaver.status("/api/v1/customers").await?;
            if status != 401 {
                return Err(format!("the session outlived the resignation: {status}").into());
            }
            let id = answer.body["id"]
                .as_str()
                .ok_or("a departure without id")?
                .to_owned();
            let mut again = Caller::sign_in(address, &number, PASSWORD).await?;
            let session = again.get("/api/v1/session").await?.body;
            if session["login"]["mode"] != "handover" {
                return Err(format!("no handover mode: {session}").into());
            }
            if round + 1 < ROUNDS {
                let both = json!({
                    "employee_agrees": true, "company_agrees": true, "reason": "双方同意撤回",
                });
                hr.post(&format!("/api/v1/departures/{id}/withdraw"), &both)
                    .await?;
            }
        }
    }
    server.stop().await?;
    let key = site.shape.key_customers;
    Ok(vec![Line::times(
        "filing a resignation",
        Bar::P50(Duration::from_millis(300)),
        times,
        format!(
            "{} filings; {key} customers, {} follow-ups, {} open invoices each; sessions over, \
             handover mode seen after each",
            ROUNDS * shape::STAYS,
            key * 5,
            key * 2
        ),
    )])
}
