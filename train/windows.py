"""Articles to windows as the reader makes them at run time, and windows to tensors."""
import random
import torch
from prepare import ATTR_ROLES, EVENT_ROLES, NAMES, CONTEXTS
from network import MAX_PIECES, WIDTH, bucket

ROOM = MAX_PIECES - 2
ATTR_REACH, EVENT_REACH = 90, 60          # words to either side of an anchor that its stack reads


def cut(article, first_room=ROOM, room=ROOM):
    """Word ranges of windows: whole paragraphs while they fit, else whole sentences; a sentence too long is cut."""
    units = []
    for a, b, par in article.sentences:
        at = a
        while at < b:
            n, end = 0, at
            while end < b and n + len(article.pieces[end]) <= room:
                n += len(article.pieces[end]); end += 1
            units.append((at, end, par, n)); at = end
    out, start, used, limit = [], None, 0, first_room
    for k, (a, b, par, n) in enumerate(units):
        new_par = k == 0 or units[k - 1][2] != par
        ahead = 0
        if new_par and start is not None:
            for u in units[k:]:
                if u[2] != par: break
                ahead += u[3]
        if start is not None and (used + n > limit or (new_par and used * 2 > limit and used + ahead > limit)):
            out.append((start, a)); start, used, limit = None, 0, room
        if start is None: start = a
        used += n
    if start is not None: out.append((start, units[-1][1]))
    return out


class Window:
    """One window of an article with the labels that fall into it, as indices of its own words."""

    def __init__(self, article, a, b):
        self.article, self.a, self.b = article, a, b
        self.size = 2 + sum(map(len, article.pieces[a:b]))
        self.sent = []
        for k, (x, y, _) in enumerate(article.sentences):
            if y > a and x < b: self.sent += [k] * (min(y, b) - max(x, a))

    def clip(self, spans):
        return [(max(x, self.a) - self.a, min(y, self.b) - self.a) for x, y in spans if x < self.b and y > self.a]

    def anchors(self):
        """Anchors of both stacks: (stack, kind, first word, one past the last, gold)."""
        out, art = [], self.article
        for kind, items in ((0, art.polnear), (1, art.chains)):
            for x in items or []:
                if x["cue"]:
                    s, k = x["cue"], kind
                else:
                    s, k = (x["content"][0][0], x["content"][0][0] + 1), 2
                    if kind == 0: continue
                if self.a <= s[0] < self.b:
                    out.append(("attr", k, s[0] - self.a, min(s[1], self.b) - self.a, x))
        for x in art.events or []:
            s = x["trigger"]
            if self.a <= s[0] < self.b:
                out.append(("event", 0, s[0] - self.a, min(s[1], self.b) - self.a, x))
        return out


def windows(articles, shuffle=None):
    out = []
    for art in articles:
        first = shuffle.randint(ROOM // 3, ROOM) if shuffle else ROOM
        for a, b in cut(art, first): out.append(Window(art, a, b))
    return out


def batches(ws, pieces, rng=None):
    """Groups of windows of like size with about `pieces` pieces each."""
    ws = sorted(ws, key=lambda w: w.size + (rng.random() * 24 if rng else 0))
    out, cur = [], []
    for w in ws:
        if cur and w.size * (len(cur) + 1) > pieces: out.append(cur); cur = []
        cur.append(w)
    if cur: out.append(cur)
    if rng: rng.shuffle(out)
    return out


class Batch:
    """Tensors of a few windows."""

    def __init__(self, ws, rng=None):
        self.ws = ws
        n = (max(w.size for w in ws) + 7) // 8 * 8
        W = self.W = max(w.b - w.a for w in ws)
        B = len(ws)
        ids = torch.zeros(B, n, dtype=torch.long); case = torch.zeros(B, n, dtype=torch.long)
        self.lengths = torch.tensor([w.size for w in ws]); first = torch.zeros(B, W, dtype=torch.long)
        self.words = torch.zeros(B, W, dtype=torch.bool); sent = torch.full((B, W), -1)
        for i, w in enumerate(ws):
            art = w.article; row = [101]; c = [0]; f = []
            # Wire text comes in one case: now and then a window loses its own.
            flat = rng.choice([1, 1, 3]) if rng and rng.random() < 0.12 else None
            for k in range(w.a, w.b):
                f.append(len(row)); p = art.pieces[k]; row += p
                q = art.case[k]
                c += [flat if flat and q in (1, 2, 3, 4) else q] * len(p)
            row.append(102); c.append(0)
            ids[i, :len(row)] = torch.tensor(row); case[i, :len(c)] = torch.tensor(c); first[i, :len(f)] = torch.tensor(f)
            self.words[i, :len(f)] = True; sent[i, :len(f)] = torch.tensor(w.sent)
        self.ids, self.case, self.first, self.sent = ids, case, first, sent

    def parse(self):
        """Gold of words whose head lies in the window: (mask, heads, rels, upos)."""
        mask = torch.zeros_like(self.words); heads = torch.zeros(self.words.shape, dtype=torch.long)
        rels, upos = heads.clone(), heads.clone()
        for i, w in enumerate(self.ws):
            art = w.article
            for k in range(w.a, w.b):
                upos[i, k - w.a] = art.upos[k]
                if w.a <= art.heads[k] < w.b:
                    mask[i, k - w.a] = True; heads[i, k - w.a] = art.heads[k] - w.a; rels[i, k - w.a] = art.rels[k]
        return mask, heads, rels, upos

    def name_targets(self):
        """(mask [B,W,WIDTH] of spans inside one sentence, allowed [B,W,WIDTH,T])."""
        B, W = self.words.shape
        ok = torch.zeros(B, W, WIDTH, dtype=torch.bool)
        for k in range(WIDTH):
            if k < W: ok[:, :W - k, k] = self.words[:, k:] & self.words[:, :W - k] & (self.sent[:, k:] == self.sent[:, :W - k])
        allowed = torch.zeros(B, W, WIDTH, len(NAMES), dtype=torch.bool); allowed[..., 0] = True
        for i, w in enumerate(self.ws):
            art = w.article
            if art.names is None: ok[i] = False; continue
            if art.names_partial: allowed[i, ..., [NAMES.index(t) for t in art.names_partial]] = True
            for a, b, types in art.names:
                if w.a <= a and b < w.b and b - a < WIDTH:
                    if art.names_partial:           # nested names were not marked there
                        for x in range(a, b + 1):
                            for y in range(x, min(b + 1, x + WIDTH)): ok[i, x - w.a, y - x] = False
                    ok[i, a - w.a, b - a] = True
                    allowed[i, a - w.a, b - a] = False; allowed[i, a - w.a, b - a, types] = True
        return ok, allowed

    def anchor_targets(self):
        """[4][B,W] classes of the anchor groups, -1 where the article does not tell."""
        out = [torch.full(self.words.shape, -1) for _ in range(4)]
        for i, w in enumerate(self.ws):
            n = w.b - w.a
            for g, known in enumerate((w.article.polnear, w.article.chains, w.article.events, w.article.chains)):
                if known is not None: out[g][i, :n] = 0
            for stack, kind, a, b, x in w.anchors():
                g = 2 if stack == "event" else (3 if kind == 2 else kind)
                out[g][i, a] = 1
                if g != 3 and b > a + 1: out[g][i, a + 1:b] = torch.where(out[g][i, a + 1:b] == 1, 1, 2)
        return out


class Anchored:
    """A batch of anchors for one stack: (window, kind, first, past, gold or None)."""

    def __init__(self, batch, stack, anchors):
        reach = ATTR_REACH if stack == "attr" else EVENT_REACH
        roles = ATTR_ROLES if stack == "attr" else EVENT_ROLES
        ranges = [(max(0, a - reach), min(batch.ws[i].b - batch.ws[i].a, b + reach)) for i, _, a, b, _ in anchors]
        A, L = len(anchors), max(hi - lo for lo, hi in ranges)
        self.index = torch.zeros(A, L, dtype=torch.long); self.valid = torch.zeros(A, L, dtype=torch.bool)
        self.inside = torch.zeros(A, L, dtype=torch.long); self.at = torch.zeros(A, dtype=torch.long)
        self.kind = torch.tensor([k for _, k, _, _, _ in anchors]); dist = torch.zeros(A, L, dtype=torch.long)
        self.roles = torch.full((A, L, len(roles)), -1); self.gold = [x for *_, x in anchors]
        for r, ((i, k, a, b, x), (lo, hi)) in enumerate(zip(anchors, ranges)):
            n = hi - lo
            self.index[r, :n] = torch.arange(lo, hi) + i * batch.W; self.valid[r, :n] = True
            self.inside[r, a - lo:b - lo] = 1; self.at[r] = a - lo; dist[r, :n] = torch.arange(lo, hi) - a
            if x is None: continue
            self.roles[r, :n] = 0
            for q, role in enumerate(roles):
                if stack == "attr": pieces = x[role]
                else: pieces = x["roles"][role]
                for u, v in batch.ws[i].clip(pieces):
                    u, v = max(u, lo) - lo, min(v, hi) - lo
                    if u < v: self.roles[r, u, q] = 1; self.roles[r, u + 1:v, q] = 2
        self.dist = bucket(dist)
        self.lo = [lo for lo, _ in ranges]
