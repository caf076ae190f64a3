//! The statement that walks one way 单条路径的语句.

use spine::{Dialect, Query};

use super::{Path, Sought, Team, Way, Whose, is_active};
use crate::customer::store::list::{CustomerFilter, Place, Sort};
use crate::customer::terms;
use crate::people;

/// Behind a row of the list by name.
const AFTER_NAME: &str = " AND (c.sort_key, c.id) > (";
/// Behind a row of the list by day.
const AFTER_DAY: &str = " AND (c.owned_since, c.id) < (";

/// Adds the statement that walks one way: ids and places in the list, the first `limit` of them.
pub(in crate::customer::store) fn push(
    query: &mut Query,
    dialect: Dialect,
    way: &Way,
    (filter, limit): (&CustomerFilter, i64),
) {
    if let (Path::Merged, Whose::In(team)) = (way.path, &way.whose)
        && !way.hits()
    {
        return push_merged(query, dialect, way, team, (filter, limit));
    }
    let sorted = Sorted::of(filter, way);
    let place = sorted.place;
    // SQLite has no lists of numbers.
    let listed = dialect.plans_by_statistics();
    query.push("SELECT c.id AS id, ").push(place);
    match &way.sought {
        Sought::Hits { range, leads, .. } if !listed => {
            // A hit's own number leads to all that is asked of it; each other condition is an
            // expression, so that no index of it tempts away, and CROSS JOIN walks along the hits.
            query.push("FROM customer_term t CROSS JOIN customer c WHERE ");
            push_hits(query, range, leads, filter);
            query.push(" AND c.term_no = t.term_no AND ");
        }
        Sought::Hits { range, leads, .. } => {
            // As a list of numbers the hits are looked up in order, each once, and neighbours lie
            // side by side.
            query.push("FROM customer c WHERE c.term_no = ANY (ARRAY (SELECT t.term_no ");
            query.push("FROM customer_term t WHERE ");
            push_hits(query, range, leads, filter);
            query.push(")) AND ");
        }
        _ => {
            query.push("FROM customer c WHERE ");
        }
    }
    query.push("c.state = ");
    match filter.state.as_deref() {
        None | Some("active") => query.push("'active'"),
        // Few are in another state, and an index has only those.
        Some(other) => query.bind(other).push(" AND c.state <> 'active'"),
    };
    // From what is told at a glance to what takes a look at every letter.
    narrow(query, filter, way);
    push_whose(query, way);
    push_sought(query, dialect, &way.sought);
    push_after(query, sorted.after, filter);
    if way.hits() && !listed {
        // Several terms of one customer may be hit.
        query.push(" GROUP BY place, id");
    }
    query.push(sorted.order).bind(limit);
}

/// How lists are merged in one order.
struct Merged {
    /// The rows of a list, numbered from 1 on.
    rows: &'static str,
    /// What stands behind the `last` of a few, and not behind the `cut`.
    rest: &'static str,
    /// Behind the last row of the page before.
    after: &'static str,
    order: &'static str,
    /// The place behind every other one.
    end: &'static str,
}

const BY_NAME: Merged = Merged {
    rows: "(SELECT c.id AS id, c.sort_key AS place, \
           row_number() OVER (ORDER BY c.sort_key, c.id) AS nth FROM customer c ",
    rest: "c.owner_id = last.who AND (c.sort_key, c.id) > (last.place, last.id) \
           AND (c.sort_key, c.id) <= (cut.place, cut.id)",
    after: AFTER_NAME,
    order: " ORDER BY place, id ",
    end: "\u{10FFFF}",
};

const BY_DAY: Merged = Merged {
    rows: "(SELECT c.id AS id, c.owned_since AS place, \
           row_number() OVER (ORDER BY c.owned_since DESC, c.id DESC) AS nth FROM customer c ",
    rest: "c.owner_id = last.who AND (c.owned_since, c.id) < (last.place, last.id) \
           AND (c.owned_since, c.id) >= (cut.place, cut.id)",
    after: AFTER_DAY,
    order: " ORDER BY place DESC, id DESC ",
    end: "",
};

/// A team's page out of the lists of its people, which the server would walk whole: a few of each,
/// and of those who have more also what comes before a page of those few ends.
fn push_merged(
    query: &mut Query,
    dialect: Dialect,
    way: &Way,
    team: &Team,
    (filter, limit): (&CustomerFilter, i64),
) {
    let list = match filter.sort {
        Sort::Name => BY_NAME,
        Sort::NewestOwned => BY_DAY,
    };
    let few = limit / team.size.max(1) + 1;
    let push_list = |query: &mut Query, whose: &'static str, most: i64| {
        query.push(list.rows).push("WHERE c.state = 'active' AND ");
        query.push(whose);
        narrow(query, filter, way);
        push_sought(query, dialect, &way.sought);
        push_after(query, list.after, filter);
        query.push(list.order).push("LIMIT ").bind(most);
        query.push(") AS f");
    };
    query.push("WITH few AS MATERIALIZED (SELECT o.id AS who, f.id, f.place, f.nth FROM ");
    people::store::push_members(query, &team.departments);
    query.push(" AS o (id) CROSS JOIN LATERAL ");
    push_list(query, "c.owner_id = o.id", few);
    // Where they are less than a page, nothing is cut off.
    query.push("), cut AS MATERIALIZED (SELECT place, id FROM (");
    query.push("SELECT place, id FROM few UNION ALL SELECT ");
    query.bind(list.end).push(", '' FROM generate_series(1, ");
    query.bind(limit).push(")) AS filled").push(list.order);
    query.push("OFFSET ").bind(limit - 1).push(" LIMIT 1) ");
    query.push("SELECT id, place FROM few UNION ALL SELECT f.id, f.place ");
    query.push("FROM cut CROSS JOIN few AS last CROSS JOIN LATERAL ");
    push_list(query, list.rest, limit);
    query.push(" WHERE last.nth = ").bind(few);
    query.push(list.order).push("LIMIT ").bind(limit);
}

/// Adds that a customer stands behind the last row of the page before.
fn push_after(query: &mut Query, after: &'static str, filter: &CustomerFilter) {
    if let Some(Place(key, id)) = &filter.after {
        query.push(after).bind(key.as_str());
        query.push(", ").bind(*id).push(")");
    }
}

/// The hits `t` between the two, of the kinds named, in the region that is asked for.
fn push_hits(query: &mut Query, range: &(String, String), leads: &[i64], filter: &CustomerFilter) {
    query.push("t.run IN (SELECT run FROM customer_term_run) AND t.leads IN ");
    query.bind_list(leads.iter().copied());
    query.push(" AND t.term >= ").bind(range.0.as_str());
    query.push(" AND t.term < ").bind(range.1.as_str());
    if let Some(region) = &filter.region {
        query.push(" AND t.region = ").bind(region.as_str());
    }
}

fn push_whose(query: &mut Query, way: &Way) {
    let tried = way.led && way.hits();
    match &way.whose {
        Whose::Everybodys => {}
        Whose::Of(employee) => {
            query.push(owner_column(tried)).push("= ").bind(*employee);
        }
        Whose::HelpedBy(employee, today) => {
            query.push(if tried {
                " AND c.id || '' IN ("
            } else {
                " AND c.id IN ("
            });
            query.push("SELECT s.customer_id FROM customer_seat s ");
            query.push("WHERE s.employee_id = ").bind(*employee);
            query
                .push(" AND (s.until_on IS NULL OR s.until_on > ")
                .bind(*today)
                .push("))");
        }
        Whose::In(team) => {
            // An expression is no column, so no index of owners tempts away from the list.
            query.push(owner_column(tried || way.led && way.path != Path::Owners));
            query.push("IN ");
            team.push(query);
        }
    }
}

/// The owner as a column that an index may have, or as an expression that none has.
fn owner_column(tried: bool) -> &'static str {
    if tried {
        " AND c.owner_id || '' "
    } else {
        " AND c.owner_id "
    }
}

fn push_sought(query: &mut Query, dialect: Dialect, sought: &Sought) {
    let folded = match sought {
        Sought::Anything => return,
        // A term that begins with all that was typed says it all.
        Sought::Hits { folded, .. } if folded.chars().count() <= terms::LONGEST => return,
        Sought::Text(folded) | Sought::Hits { folded, .. } => folded,
        Sought::TextWithin(folded, (from, before)) => {
            query.push(" AND c.sort_key >= ").bind(from.as_str());
            query.push(" AND c.sort_key < ").bind(before.as_str());
            folded
        }
    };
    query.push(" AND ").push_holds(dialect, "c.search", folded);
}

/// What the list is narrowed to. Along owners no other index may tempt away; else the first of
/// these conditions gives the index, which has rows in order; and a stretch is a region with its
/// tier.
fn narrow(query: &mut Query, filter: &CustomerFilter, way: &Way) {
    let tried = way.led && way.hits();
    if let Some(owner) = filter.owner {
        query.push(owner_column(tried)).push("= ").bind(owner);
    }
    if filter.pool {
        query.push(owner_column(tried)).push("IS NULL");
    }
    let by_name = filter.sort == Sort::Name && is_active(filter);
    let mut leads = match way.path {
        _ if !way.led => [true; 3],
        _ if way.hits() => [false; 3],
        Path::Owners | Path::Merged => [false; 3],
        Path::Stretch(_) => [true, false, true],
        // By day there are an index of regions and one of everybody.
        Path::List => [is_active(filter), by_name, by_name],
    };
    let columns = [
        (" AND c.region = ", " AND c.region || '' = ", &filter.region),
        (
            " AND c.industry = ",
            " AND c.industry || '' = ",
            &filter.industry,
        ),
        (" AND c.tier = ", " AND c.tier || '' = ", &filter.tier),
    ];
    for (n, (leading, tried, wanted)) in columns.into_iter().enumerate() {
        if let Some(wanted) = wanted {
            query.push(if leads[n] { leading } else { tried });
            query.bind(wanted.as_str());
            if way.led && way.path == Path::List {
                leads = [false; 3];
            }
        }
    }
}

/// The order of a page in a statement.
struct Sorted {
    place: &'static str,
    after: &'static str,
    order: &'static str,
}

impl Sorted {
    /// Where no index is to give the order, the place is an expression, which no index has.
    fn of(filter: &CustomerFilter, way: &Way) -> Sorted {
        // A server knows not how few have the word, and would walk everybody's list. SQLite walks
        // the list of each owner to where the page ends that those before him fill.
        let team = matches!(way.sought, Sought::Text(_))
            && matches!(way.whose, Whose::In(_))
            && way.path == Path::Owners
            && !way.led;
        let whole = team || matches!(way.path, Path::Stretch(_));
        match filter.sort {
            Sort::Name if whole => Sorted {
                place: "c.sort_key || '' AS place ",
                after: " AND (c.sort_key || '', c.id) > (",
                order: " ORDER BY place, id LIMIT ",
            },
            Sort::Name => Sorted {
                place: "c.sort_key AS place ",
                after: AFTER_NAME,
                order: " ORDER BY place, id LIMIT ",
            },
            Sort::NewestOwned if is_active(filter) && !team => Sorted {
                place: "c.owned_since AS place ",
                after: AFTER_DAY,
                order: " ORDER BY place DESC, id DESC LIMIT ",
            },
            Sort::NewestOwned => Sorted {
                place: "c.owned_since || '' AS place ",
                after: " AND (c.owned_since || '', c.id) < (",
                order: " ORDER BY place DESC, id DESC LIMIT ",
            },
        }
    }
}
