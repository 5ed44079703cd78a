"""One long joint training of all heads.

    train.py --sayso-dev BIN --corpora DIR --annotations DIR --out FOLDER [--minutes M] [--seed N]

Batches of one kind in turn (treebanks; political news with outer attributions; articles with events, names and
attributions of all layers; names of other corpora), drawn by share of pieces. `--annotations` is read anew at each
pass over it, so that a long run takes in what is added meanwhile.
"""
import argparse, glob, json, math, os, random, time
import torch
import torch.distributed as dist
import torch.nn.functional as F
import prepare
from prepare import Article, Articles, treebank, iob, TYPES
from network import Network, load_minilm, load_export, export, ANCHORS
from windows import windows, batches, Batch, Anchored

# Share of the steps. Articles with names are few beside those with events: they have a share of their own.
SHARES = {"ewt": 0.25, "gum": 0.09, "names": 0.18, "rich": 0.28, "polnear": 0.18, "other_names": 0.02}


def allowed_ce(scores, ok, allowed):
    """-log of the probability of any allowed class, over the spans that are known."""
    lse = scores.logsumexp(-1)
    fit = scores.masked_fill(~allowed, -1e9).logsumexp(-1)
    return ((lse - fit) * ok).sum()


def losses(net, batch, kind, progress, most=20):
    w = net.encode(batch.ids, batch.case, batch.lengths, batch.first)
    w = net.word_drop(w)
    n_words = batch.words.sum().clamp(min=1)
    out = {}
    if kind in ("ewt", "gum"):
        mask, heads, rels, upos = batch.parse()
        s = net.arcs(w).masked_fill(batch.sent[:, :, None] != batch.sent[:, None, :], -1e4)
        out["arc"] = F.cross_entropy(s[mask], heads[mask])
        out["rel"] = F.cross_entropy(net.rel(w, heads)[mask], rels[mask])
        out["pos"] = 0.5 * F.cross_entropy(net.pos(w)[batch.words], upos[batch.words])
        return out
    ok, allowed = batch.name_targets()
    if ok.any(): out["names"] = 3.0 * allowed_ce(net.names(w), ok, allowed) / (ok[..., 0].sum().clamp(min=1))
    if kind == "other_names": return out
    groups = batch.anchor_targets(); logits = net.anchors(w)
    total = 0.0
    for g, (t, l) in enumerate(zip(groups, logits)):
        known = t >= 0
        if known.any(): total = total + F.cross_entropy(l[known], t[known], reduction="sum") / known.sum() * (6.0 if g != 3 else 3.0)
    out["anchor"] = total
    flat = w.reshape(-1, w.shape[-1])
    found = [(i, st, k, a, b, x) for i, win in enumerate(batch.ws) for st, k, a, b, x in win.anchors()]
    with torch.no_grad():
        # What the anchor head takes for anchors and is none: the stacks learn to refuse it.
        wrong = []
        if progress > 0.06:
            for g, (st, k) in enumerate((("attr", 0), ("attr", 1), ("event", 0), ("attr", 2))):
                p = logits[g].softmax(-1)[..., 1]
                for i, j in ((p > 0.06) & (groups[g] == 0)).nonzero().tolist():
                    wrong.append((p[i, j].item() * random.random(), i, st, k, j, j + 1))
    wrong.sort(reverse=True)
    for st, stack in (("attr", net.attr), ("event", net.event)):
        mine = [(i, k, a, b, x) for i, s, k, a, b, x in found if s == st]
        random.shuffle(mine)
        mine = mine[:most]
        mine += [(i, k, a, b, None) for _, i, s, k, a, b in wrong if s == st][:max(2, len(mine) // 3)]
        if not mine: continue
        c = Anchored(batch, st, mine)
        roles, groups_out, y = stack(flat, c.index, c.valid, c.kind, c.inside, c.dist, c.at)
        A, L, R = c.roles.shape
        known = c.roles >= 0
        if known.any():
            ce = F.cross_entropy(roles.view(A, L, R, 3)[known], c.roles[known], reduction="sum")
            out[st + ".roles"] = ce / max(1, sum(x is not None for x in c.gold)) / (8.0 if st == "attr" else 3.0)
        heads_loss = F.cross_entropy(groups_out[0], torch.tensor([int(x is not None) for x in c.gold]))
        def group(g, key, weight=1.0):
            t = torch.tensor([x[key] if x is not None else -1 for x in c.gold])
            return weight * F.cross_entropy(groups_out[g], t, ignore_index=-1) if (t >= 0).any() else 0.0
        if st == "attr":
            heads_loss = heads_loss + group(1, "asserted", 0.7)
            # What kind of source: told by the words of the source itself.
            rows = [r for r, x in enumerate(c.gold) if x is not None and x["kind"] >= 0 and (c.roles[r, :, 0] > 0).any()]
            if rows:
                on = (c.roles[rows][:, :, 0] > 0).float()
                kinds = (net.attr.of(y[rows]) * on[:, :, None]).sum(1) / on.sum(1, keepdim=True)
                heads_loss = heads_loss + 0.7 * F.cross_entropy(kinds, torch.tensor([c.gold[r]["kind"] for r in rows]))
        else:
            heads_loss = heads_loss + group(1, "type", 1.5) + group(2, "mode", 0.7) + group(3, "status", 1.0) + group(4, "certainty", 0.5) + group(5, "salient", 0.3)
            rows = [r for r, x in enumerate(c.gold) if x is not None]
            if rows:
                t = torch.zeros(len(rows), groups_out[6].shape[1])
                for q, r in enumerate(rows): t[q, c.gold[r]["context"]] = 1
                heads_loss = heads_loss + 2.0 * F.binary_cross_entropy_with_logits(groups_out[6][rows], t)
            pos = [(r, at - batch.ws[mine[r][0]].a - c.lo[r], of) for r, x in enumerate(c.gold) if x is not None for at, of in x["counts"]]
            pos = [(r, p, of) for r, p, of in pos if 0 <= p < L and c.valid[r, p]]
            if pos:
                r, p, of = map(torch.tensor, zip(*pos))
                heads_loss = heads_loss + 0.5 * F.cross_entropy(net.event.of(y[r, p]), of)
        out[st + ".out"] = heads_loss
    return out


@torch.no_grad()
def evaluate(net, dev):
    """Quick looks while training; the figures that count come from the Rust decoder and shared/scoring."""
    net.eval(); res = {}
    for name in ("ewt", "gum"):
        uas = las = pos = n = 0
        for b in (Batch(x) for x in batches(dev[name], 1500)):
            w = net.encode(b.ids, b.case, b.lengths, b.first); mask, heads, rels, upos = b.parse()
            s = net.arcs(w).masked_fill(b.sent[:, :, None] != b.sent[:, None, :], -1e4)
            h = s.argmax(-1); r = net.rel(w, h).argmax(-1)
            base = dev["base_rel"]
            right = (h == heads) & mask
            uas += right.sum().item(); las += (right & (base[r] == base[rels])).sum().item(); n += mask.sum().item()
            pos += ((net.pos(w).argmax(-1) == upos) & mask).sum().item()
        res[name] = f"UPOS {100*pos/n:.2f} UAS {100*uas/n:.2f} LAS {100*las/n:.2f}"
    f1 = lambda tp, p, g: 200 * tp / max(1, p + g)
    tp = p = g = 0; at = [[0, 0, 0] for _ in range(4)]; ty = [0, 0]; st = [0, 0]; role = [[0, 0, 0] for _ in range(12)]
    for b in (Batch(x) for x in batches(dev["rich"] + dev["polnear"], 1500)):
        w = net.encode(b.ids, b.case, b.lengths, b.first)
        ok, allowed = b.name_targets()
        if ok.any():
            best = net.names(w).argmax(-1)
            hit = (best > 0) & ok; gold = ok & ~allowed[..., 0]
            right = hit & allowed.gather(-1, best[..., None])[..., 0] & gold
            tp += right.sum().item(); p += hit.sum().item(); g += gold.sum().item()
        lg = net.anchors(w)
        for k, t in enumerate(b.anchor_targets()):
            known = t >= 0; h = (lg[k].argmax(-1) == 1) & known; q = t == 1
            at[k][0] += (h & q).sum().item(); at[k][1] += h.sum().item(); at[k][2] += q.sum().item()
        for stn, stack, off in (("attr", net.attr, 0), ("event", net.event, 2)):
            mine = [(i, k, a, e, x) for i, win in enumerate(b.ws) for s, k, a, e, x in win.anchors() if s == stn]
            if not mine: continue
            c = Anchored(b, stn, mine)
            roles, groups, _ = stack(w.reshape(-1, w.shape[-1]), c.index, c.valid, c.kind, c.inside, c.dist, c.at)
            r = roles.view(*c.roles.shape, 3).argmax(-1)
            for q in range(c.roles.shape[-1]):
                same = ((r[..., q] == c.roles[..., q]) | ~c.valid).all(1)
                there = (c.roles[..., q] > 0).any(1)
                role[off + q][0] += (same & there).sum().item(); role[off + q][1] += there.sum().item()
            if stn == "event":
                t = torch.tensor([x["type"] for x in c.gold]); s = torch.tensor([x["status"] for x in c.gold])
                ty[0] += (groups[1].argmax(-1) == t).sum().item(); st[0] += (groups[3].argmax(-1) == s).sum().item(); ty[1] += len(t)
    res["names"] = f"F1 {f1(tp, p, g):.2f}"
    res["anchors"] = " ".join(f"{n} {f1(*a):.1f}" for (n, _), a in zip(ANCHORS, at))
    res["event"] = f"type {100*ty[0]/max(1,ty[1]):.1f} status {100*st[0]/max(1,ty[1]):.1f}"
    res["exact given anchor"] = " ".join(f"{100*a/max(1,n):.0f}" for a, n, _ in role)
    net.train(); return res


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--sayso-dev", required=True); ap.add_argument("--corpora", required=True); ap.add_argument("--annotations", required=True)
    ap.add_argument("--work", default=".cache"); ap.add_argument("--out", required=True); ap.add_argument("--minutes", type=float, default=100)
    ap.add_argument("--seed", type=int, default=1); ap.add_argument("--pieces", type=int, default=700, help="word pieces a process and step")
    ap.add_argument("--init", help="folder of weights, or last.pt, of an earlier run to go on from"); ap.add_argument("--lr", type=float, default=3e-4)
    ap.add_argument("--processes", type=int, default=2, help="each on one core; gradients are averaged")
    A = ap.parse_args()
    os.makedirs(A.work, exist_ok=True)
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1"); os.environ.setdefault("MASTER_PORT", str(29500 + os.getpid() % 400))
    Articles(A.sayso_dev, A.corpora, A.work)                 # fills the cache once, before the processes part
    torch.multiprocessing.spawn(run, (A,), nprocs=A.processes)


def text_of(article):
    """An article's text as far as the network sees it."""
    return hash(tuple(p for word in article.pieces for p in word))


def fitting(net, state):
    """What of a saved state still has the shape of this network."""
    mine = net.state_dict()
    return {k: v for k, v in state.items() if k in mine and mine[k].shape == v.shape}


def run(rank, A):
    """One of the processes: the same steps over other windows, gradients averaged after each."""
    torch.set_num_threads(1); torch.manual_seed(A.seed); random.seed(A.seed * 100 + rank)
    dist.init_process_group("gloo", rank=rank, world_size=A.processes)
    say = (lambda *x: print(*x, flush=True)) if rank == 0 else (lambda *x: None)
    rng, own_rng = random.Random(A.seed), random.Random(A.seed * 100 + rank)
    C = lambda f: os.path.join(A.corpora, f)
    arts = Articles(A.sayso_dev, A.corpora, A.work)
    trees = {n: treebank(A.sayso_dev, C(f"{n}/train.conllu")) for n in ("ewt", "gum")}
    trees_dev = {n: treebank(A.sayso_dev, C(f"{n}/dev.conllu")) for n in ("ewt", "gum")}
    upos = sorted({p for d in trees["ewt"] for p in d.upos}); rels = sorted({r for t in trees.values() for d in t for r in d.rels})
    for t in list(trees.values()) + list(trees_dev.values()):
        for d in t:
            d.upos = [upos.index(p) if p in upos else upos.index("X") for p in d.upos]
            d.rels = [rels.index(r) if r in rels else rels.index("dep") for r in d.rels]
    other = iob(A.sayso_dev, C("ner/crossner_politics.train.txt"), 0, 1, prepare.CROSSNER, ["NORP", "FAC", "LAW", "WORK"]) \
        + iob(A.sayso_dev, C("ner/crossner_politics.dev.txt"), 0, 1, prepare.CROSSNER, ["NORP", "FAC", "LAW", "WORK"]) \
        + iob(A.sayso_dev, C("ner/uner_ewt.test.iob2"), 1, 2, prepare.UNER, ["NORP", "FAC", "LAW", "WORK", "EVENT"])

    def rich():
        given = arts.read(C("coded/train.gold.jsonl"), C("names/train.gold.jsonl"), C("chains/train.gold.jsonl"),
                         *sorted(glob.glob(os.path.join(A.annotations, "*.gold.jsonl")))) \
            + prepare.own(A.sayso_dev, A.annotations)
        given = [a for a in given if text_of(a) not in held]
        outer = {a.id: a.polnear for a in pol}
        for a in given: a.polnear = outer.get(a.id)
        return given

    dev = {n: windows(t) for n, t in trees_dev.items()}
    base = sorted({r.split(":")[0] for r in rels}); dev["base_rel"] = torch.tensor([base.index(r.split(":")[0]) for r in rels])
    dev["rich"] = windows(arts.read(C("coded/dev.gold.jsonl"), C("names/dev.gold.jsonl"), C("chains/dev.gold.jsonl")))
    dev["polnear"] = windows(arts.read(C("polnear/dev.gold.jsonl"))[:40])
    # Some texts of dev stand in polnear/train as well, under other ids: they are never trained on.
    held = {text_of(a) for f in ("polnear", "coded", "names", "chains") for a in arts.read(C(f"{f}/dev.gold.jsonl"))}
    pol = [a for a in arts.read(C("polnear/train.gold.jsonl")) if text_of(a) not in held]

    def outer_only():
        known = {a.id for a in rich()}
        return [a for a in pol if a.id not in known]

    sources = {"ewt": lambda: trees["ewt"], "gum": lambda: trees["gum"], "polnear": outer_only, "names": lambda: [a for a in rich() if a.names is not None],
               "rich": lambda: [a for a in rich() if a.names is None], "other_names": lambda: other}
    queues, passes = {n: [] for n in sources}, {n: 0 for n in sources}

    def draw(name):
        if len(queues[name]) < A.processes:
            given = sources[name]()
            queues[name] = batches(windows(given, rng), A.pieces, rng); passes[name] += 1
            say(f"  pass {passes[name]} over {name}: {len(given)} articles, {len(queues[name])} batches")
        return [queues[name].pop() for _ in range(A.processes)][rank]

    net = Network(rels, upos)
    load_minilm(net)
    if A.init and A.init.endswith(".pt"): net.load_state_dict(fitting(net, torch.load(A.init)), strict=False)
    elif A.init: load_export(net, A.init)
    net.word.weight.requires_grad_(False)
    heads, body = [], []
    for n, p in net.named_parameters():
        if p.requires_grad:
            (body if n.startswith(("position", "embed_norm", "layer.")) else heads).append(p)
    opt = torch.optim.AdamW([{"params": body, "lr": A.lr, "base": A.lr}, {"params": heads, "lr": 4 * A.lr, "base": 4 * A.lr}], weight_decay=0.01, betas=(0.9, 0.98))
    # All gradients in one vector, so that averaging is one call; its last place carries the first process's clock.
    every = body + heads
    flat = torch.zeros(sum(p.numel() for p in every) + 1); at = 0
    for p in every:
        p.grad = flat[at:at + p.numel()].view(p.shape); at += p.numel()
    torch.manual_seed(A.seed * 100 + rank)
    net.train(); begin = time.time(); step = seen = 0; steps = {n: 0 for n in sources}; shown = {}; last = look = begin; progress = 0.0
    while True:
        name = min(sources, key=lambda n: steps[n] / SHARES[n]); steps[name] += 1
        b = Batch(draw(name), own_rng); seen += int(b.lengths.sum()) * A.processes
        parts = {k: v for k, v in losses(net, b, name, progress).items() if torch.is_tensor(v)}
        flat.zero_(); sum(parts.values()).backward()
        flat[-1] = (time.time() - begin) / (A.minutes * 60) if rank == 0 else 0.0
        dist.all_reduce(flat)
        progress = flat[-1].item(); flat[-1] = 0.0
        if progress >= 1: break
        flat /= A.processes
        flat *= min(1.0, 2.0 / (flat.norm().item() + 1e-6))
        for g in opt.param_groups: g["lr"] = g["base"] * min(1.0, (step + 1) / 200) * (1 - progress)
        opt.step(); step += 1
        if rank: continue
        for k, v in parts.items(): shown.setdefault(k, []).append(v.item())
        if time.time() - last > 120:
            say(f"{(time.time()-begin)/60:5.1f} min step {step} {seen/(time.time()-begin):.0f} pieces/s  " + " ".join(f"{k} {sum(v)/len(v):.3f}" for k, v in shown.items()))
            shown = {}; last = time.time()
        if time.time() - look > 1200:
            say(evaluate(net, dev)); torch.save(net.state_dict(), os.path.join(A.work, "last.pt")); export(net, A.out); look = time.time()
    if rank == 0:
        say(evaluate(net, dev))
        torch.save(net.state_dict(), os.path.join(A.work, "last.pt")); export(net, A.out)
        say(f"{step} steps, {seen} pieces, passes {passes}")
    dist.barrier(); dist.destroy_process_group()


if __name__ == "__main__":
    main()
