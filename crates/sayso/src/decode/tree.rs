//! The best dependency tree of a sentence: greedy where that gives a tree, else the maximum spanning
//! arborescence (Chu and Liu 1965; Edmonds 1967) with exactly one root.

use sayso_encoder::Table;

use super::argmax;

/// Heads of the words of one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// For each word its head; a root is its own.
    pub heads: Vec<usize>,
}

/// The best tree under `scores[dependent][head]`, whose diagonal scores each word as the root.
pub fn best_tree(scores: &Table) -> Tree {
    let n = scores.len();
    if n == 0 {
        return Tree { heads: Vec::new() };
    }
    let greedy: Vec<usize> = (0..n).map(|d| argmax(scores.row(d))).collect();
    let roots = greedy.iter().enumerate().filter(|(d, h)| d == *h).count();
    if roots == 1 && is_acyclic(&greedy) {
        return Tree { heads: greedy };
    }
    // One root: try the likeliest words, and keep the tree with the best sum.
    let mut candidates: Vec<usize> = (0..n).collect();
    candidates.sort_by(|&a, &b| margin(scores, b).total_cmp(&margin(scores, a)).then(a.cmp(&b)));
    let mut best: Option<(f32, Vec<usize>)> = None;
    for &root in candidates.iter().take(3) {
        let heads = arborescence(scores, root);
        let sum: f32 = heads.iter().enumerate().map(|(d, &h)| scores.row(d)[h]).sum();
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, heads));
        }
    }
    Tree { heads: best.map(|(_, heads)| heads).unwrap_or_default() }
}

/// How much better a word is as the root than with its best head.
fn margin(scores: &Table, word: usize) -> f32 {
    let row = scores.row(word);
    let other =
        row.iter().enumerate().filter(|(h, _)| *h != word).map(|(_, s)| *s).fold(f32::NEG_INFINITY, f32::max);
    if other == f32::NEG_INFINITY { 0.0 } else { row[word] - other }
}

fn is_acyclic(heads: &[usize]) -> bool {
    (0..heads.len()).all(|start| {
        let mut at = start;
        for _ in 0..=heads.len() {
            if heads[at] == at {
                return true;
            }
            at = heads[at];
        }
        false
    })
}

/// Maximum spanning arborescence from `root`; words in cycles are contracted one cycle at a time.
fn arborescence(scores: &Table, root: usize) -> Vec<usize> {
    let n = scores.len();
    let weights: Vec<Vec<f32>> = (0..n)
        .map(|d| {
            (0..n).map(|h| if d == root || d == h { f32::NEG_INFINITY } else { scores.row(d)[h] }).collect()
        })
        .collect();
    let mut heads = contract(weights, root);
    heads[root] = root;
    heads
}

fn contract(weights: Vec<Vec<f32>>, root: usize) -> Vec<usize> {
    let n = weights.len();
    let mut heads: Vec<usize> = (0..n).map(|d| if d == root { root } else { argmax(&weights[d]) }).collect();
    let Some(cycle) = find_cycle(&heads, root) else { return heads };
    // A graph in which one word stands for the cycle.
    let inside: Vec<bool> = (0..n).map(|w| cycle.contains(&w)).collect();
    let outer: Vec<usize> = (0..n).filter(|&w| !inside[w]).collect();
    let m = outer.len();
    let mut smaller = vec![vec![f32::NEG_INFINITY; m + 1]; m + 1];
    // Which word of the cycle an arc into or out of it really meets.
    let (mut enters, mut leaves) = (vec![cycle[0]; m], vec![cycle[0]; m]);
    for (i, &d) in outer.iter().enumerate() {
        for (j, &h) in outer.iter().enumerate() {
            smaller[i][j] = weights[d][h];
        }
        for &h in &cycle {
            if weights[d][h] > smaller[i][m] {
                smaller[i][m] = weights[d][h];
                leaves[i] = h;
            }
        }
    }
    for (j, &h) in outer.iter().enumerate() {
        for &d in &cycle {
            let gain = weights[d][h] - weights[d][heads[d]];
            if gain > smaller[m][j] {
                smaller[m][j] = gain;
                enters[j] = d;
            }
        }
    }
    let small_root = outer.iter().position(|&w| w == root).expect("the root is in no cycle");
    let solved = contract(smaller, small_root);
    for (i, &d) in outer.iter().enumerate() {
        if d != root {
            heads[d] = if solved[i] == m { leaves[i] } else { outer[solved[i]] };
        }
    }
    let head = solved[m];
    heads[enters[head]] = outer[head];
    heads
}

fn find_cycle(heads: &[usize], root: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 0..heads.len() {
        let mark = start + 1;
        let mut at = start;
        while at != root && seen[at] == 0 {
            seen[at] = mark;
            at = heads[at];
        }
        if at != root && seen[at] == mark {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f32]]) -> Table {
        Table { width: rows.len(), values: rows.concat() }
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // 0 and 1 prefer each other; the root is 2.
        let scores = table(&[&[0.0, 9.0, 5.0], &[9.0, 0.0, 1.0], &[0.0, 0.0, 8.0]]);
        assert_eq!(best_tree(&scores).heads, [2, 0, 2]);
    }

    #[test]
    fn there_is_one_root() {
        let scores = table(&[&[4.0, 1.0, 0.0], &[2.0, 6.0, 1.0], &[0.0, 3.0, 0.0]]);
        assert_eq!(best_tree(&scores).heads, [1, 1, 1]);
        assert_eq!(best_tree(&table(&[&[1.0]])).heads, [0]);
    }

    proptest::proptest! {
        #[test]
        fn always_a_tree_with_one_root(n in 1usize..9, values in proptest::collection::vec(-5.0f32..5.0, 81)) {
            let scores = Table { width: n, values: values[..n * n].to_vec() };
            let heads = best_tree(&scores).heads;
            proptest::prop_assert_eq!(heads.iter().enumerate().filter(|(d, h)| d == *h).count(), 1);
            proptest::prop_assert!(is_acyclic(&heads));
        }
    }
}
