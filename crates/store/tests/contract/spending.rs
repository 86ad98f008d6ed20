use greenroom_domain::spending::DaySpending;
use greenroom_store::Store;

fn spent(day: i64, provider: &str, micros: u64, unpriced_calls: u64) -> DaySpending {
    DaySpending { day, provider: provider.to_owned(), micros, unpriced_calls }
}

pub async fn what_nodes_spend_adds_up(store: Store) {
    let adding = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            store.add_spending(&[spent(5, "a", 10, 1), spent(5, "b", 1, 0)]).await.unwrap();
        })
    });
    for one in adding.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    store.add_spending(&[spent(4, "a", 7, 0), spent(6, "a", 2, 0)]).await.unwrap();
    let all = [spent(6, "a", 2, 0), spent(5, "a", 80, 8), spent(5, "b", 8, 0), spent(4, "a", 7, 0)];
    assert_eq!(store.spending_since(0).await.unwrap(), all);
    assert_eq!(store.spending_since(5).await.unwrap(), all[..3]);
}
