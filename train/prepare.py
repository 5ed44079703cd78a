"""Corpora to training articles: words and pieces by sayso's own reader, labels as word indices.

`load(sayso_dev, corpora, annotations)` gives a dict of lists of articles; see `Article`. Labels that an article
lacks are None, and the losses leave them out. Offsets are of words of the whole article; `windows` cuts.
"""
import glob, hashlib, json, os, pickle, subprocess, bisect
from dataclasses import dataclass, field
import conllu

NAMES = ["none", "PER", "GPE", "LOC", "FAC", "ORG", "ARMED", "OUTLET", "NORP", "EVENT", "LAW", "WORK"]
KINDS = ["outlet", "document", "person", "official", "group", "witness", "detainee", "unnamed"]
TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
         "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
STATUS = ["occurred", "ongoing", "planned", "ordered", "requested", "threatened", "attempted", "hypothetical", "denied", "negated", "habitual"]
CERTAINTY = ["certain", "probable", "possible"]
MODES = ["none"] + sorted(set("visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet disapprove "
    "investigate allege restrict arrest relations expel territory violence demo riot strike hunger boycott obstruct vandalize convict discontinue "
    "troops weapons police militia seize censor curfew martial-law deport withhold misinformation cyber abduct beat torture sexual targeted destroy "
    "primitive firearms explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional".split()))
CONTEXTS = ("military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic legal reparations "
    "human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity inequality diplomatic territory peacekeeping health asylum "
    "migration disasters natural_resource environment technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking").split()
OF = ["other", "killed", "injured", "casualties", "missing", "surrendered", "captured", "detained", "abducted", "released", "rescued", "displaced",
      "protesters", "troops", "police", "participants"]
ATTR_ROLES = ["source", "content"]
EVENT_ROLES = ["actor", "recipient", "place", "time", "perpetrator_individual", "perpetrator_organization", "target", "victim", "instrument", "count"]


@dataclass
class Article:
    id: str
    pieces: list                       # a list of piece ids for each word
    case: list                         # a case class for each word
    sentences: list                    # (first word, one past the last, paragraph)
    upos: list = None
    heads: list = None                 # index of the head in the article; its own index for a root
    rels: list = None
    names: list = None                 # (first, last, [allowed types])
    names_partial: str = None          # None: every name is marked; else which other types an unmarked span may still be
    polnear: list = None               # attributions, outer layer
    chains: list = None                # attributions, all layers
    events: list = None


def words_of(tokens, starts, a, b):
    """Word range that the characters [a, b) touch, or None."""
    i = bisect.bisect_right(starts, a) - 1
    if i < 0 or tokens[i][1] <= a:
        i += 1
    j = bisect.bisect_left(starts, b)
    return (i, j) if i < j else None


def prepare(sayso_dev, path):
    out = subprocess.run([sayso_dev, "prepare", path], capture_output=True, check=True).stdout
    return {o["id"]: o for o in map(json.loads, out.splitlines())}


def rows(path):
    return [json.loads(l) for l in open(path, encoding="utf-8") if l.strip()]


def treebank(sayso_dev, path):
    sents = conllu.read(path)
    given = "\n".join(json.dumps({"words": s.words}) for s in sents) + "\n"
    out = subprocess.run([sayso_dev, "pieces"], input=given.encode(), capture_output=True, check=True).stdout
    docs = {}
    for s, o in zip(sents, map(json.loads, out.splitlines())):
        d = docs.setdefault(s.doc, Article(s.doc, [], [], [], [], [], []))
        base = len(d.pieces)
        d.pieces += o["pieces"]; d.case += o["case"]; d.upos += s.upos; d.rels += s.rels
        d.heads += [base + (h - 1 if h else i) for i, h in enumerate(s.heads)]
        d.sentences.append((base, base + len(s.words), len(d.sentences)))
    return list(docs.values())


def spans(value, tok, starts):
    """Word ranges of a span record of any corpus: {"start","end"}, {"spans"}, a list of them, or null."""
    if value is None:
        return []
    if isinstance(value, dict) and "spans" in value:
        pairs = value["spans"]
    else:
        pairs = [(v["start"], v["end"]) for v in (value if isinstance(value, list) else [value])]
    found = [words_of(tok, starts, a, b) for a, b in pairs]
    return [f for f in found if f]


def attribution(a, tok, starts):
    cue, content = spans(a["cue"], tok, starts), spans(a["content"], tok, starts)
    if not content or (a["cue"] and not cue):
        return None
    return {"cue": cue[0] if cue else None, "source": spans(a["source"], tok, starts), "content": content,
            "kind": KINDS.index(a["kind"]) if a.get("kind") else -1,
            "asserted": -1 if "polarity" not in a else int(a["polarity"] != "no")}


def event(e, tok, starts):
    trigger = words_of(tok, starts, e["trigger"]["start"], e["trigger"]["end"])
    if not trigger:
        return None
    roles = {r: [] for r in EVENT_ROLES}
    for r, key in (("actor", "actors"), ("recipient", "recipients"), ("place", "place"), ("time", "time")):
        roles[r] = spans(e.get(key) or [], tok, starts)
    for x in e.get("roles") or []:
        roles[x["role"]] += spans(x, tok, starts)
    counts = []
    for c in e.get("counts") or []:
        w = words_of(tok, starts, c["start"], c["end"])
        if w:
            roles["count"].append(w); counts.append((w[0], OF.index(c["of"]) if c["of"] in OF else 0))
    return {"trigger": trigger, "roles": roles, "counts": counts, "type": TYPES.index(e["type"]),
            "mode": MODES.index(e["mode"]) if e.get("mode") in MODES else 0, "status": STATUS.index(e["status"]),
            "certainty": CERTAINTY.index(e["certainty"]), "salient": int(e.get("salience") == 1),
            "context": [CONTEXTS.index(c) for c in e.get("context") or [] if c in CONTEXTS]}


class Articles:
    """Articles of the corpora, prepared once, with whatever was marked in them."""

    def __init__(self, sayso_dev, corpora, cache):
        self.corpora, self.prepared, self.texts = corpora, {}, set()
        key = hashlib.sha256(open(sayso_dev, "rb").read()).hexdigest()[:16]
        path = os.path.join(cache, f"prepared-{key}.pickle")
        if os.path.exists(path):
            self.prepared, self.texts = pickle.load(open(path, "rb"))
            return
        for f in ("muc4/train.lower", "polnear/train", "polnear/dev", "geo/lgl", "geo/geovirus", "ecb/train", "case2021/dev", "case2021/sample",
                  "coded/train", "coded/dev", "chains/train", "chains/dev", "names/train", "names/dev"):
            file = os.path.join(corpora, f + ".jsonl")
            for o in rows(file):
                self.texts.add((o["id"], hashlib.sha256(o["text"].encode()).hexdigest()))
            for i, p in prepare(sayso_dev, file).items():
                self.prepared[i] = p
        os.makedirs(cache, exist_ok=True)
        pickle.dump((self.prepared, self.texts), open(path, "wb"))

    def read(self, *golds):
        """Articles of these gold files, merged by id."""
        out = {}
        for path in golds:
            for g in rows(path):
                if (g["id"], g["text_sha256"]) not in self.texts:
                    raise SystemExit(f"{path}: {g['id']}: the offsets are of another text")
                p = self.prepared[g["id"]]; tok = p["tokens"]; starts = [t[0] for t in tok]
                a = out.setdefault(g["id"], Article(g["id"], p["pieces"], p["case"], p["sentences"]))
                if "annotations" in g:
                    a.polnear = [x for x in (attribution(y, tok, starts) for y in g["annotations"][0]["attributions"]) if x]
                if "attributions" in g:
                    a.chains = [x for x in (attribution(y, tok, starts) for y in g["attributions"]) if x]
                if "events" in g:
                    a.events = [x for x in (event(y, tok, starts) for y in g["events"]) if x]
                if "names" in g:
                    a.names = []
                    for n in g["names"]:
                        w = words_of(tok, starts, n["start"], n["end"])
                        if w:
                            a.names.append((w[0], w[1] - 1, [NAMES.index(n["type"])]))
        return list(out.values())


# Other corpora's types, as the set of ours that they may be; ANY is every type but "none".
ANY = NAMES[1:]
CROSSNER = {"politician": ["PER"], "person": ["PER"], "politicalparty": ["ORG"], "organisation": ["ORG", "OUTLET", "ARMED"], "country": ["GPE"],
            "location": ["GPE", "LOC", "FAC"], "election": ["EVENT"], "event": ["EVENT"], "misc": ANY}
UNER = {"PER": ["PER"], "ORG": ["ORG", "OUTLET", "ARMED"], "LOC": ["GPE", "LOC", "FAC"]}


def iob(sayso_dev, path, word, tag, types, rest):
    """Sentences with BIO tags as articles of one sentence; `rest`: what an unmarked span may be beside nothing."""
    sents, cur = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if cur: sents.append(cur); cur = []
        elif not line.startswith("#"):
            f = line.split("\t"); cur.append((f[word], f[tag]))
    if cur: sents.append(cur)
    given = "\n".join(json.dumps({"words": [w for w, _ in s]}) for s in sents) + "\n"
    out = subprocess.run([sayso_dev, "pieces"], input=given.encode(), capture_output=True, check=True).stdout
    arts = []
    for k, (s, o) in enumerate(zip(sents, map(json.loads, out.splitlines()))):
        names, i = [], 0
        while i < len(s):
            if s[i][1].startswith("B-"):
                j = i
                while j + 1 < len(s) and s[j + 1][1].startswith("I-"): j += 1
                if s[i][1][2:] in types:
                    names.append((i, j, [NAMES.index(t) for t in types[s[i][1][2:]]]))
                i = j
            i += 1
        a = Article(f"{path}:{k}", o["pieces"], o["case"], [(0, len(s), 0)]); a.names = names; a.names_partial = rest
        arts.append(a)
    return arts


def unlocalise(path_out, *golds):
    """Gold files to offsets only: no word of the article stays (see train/annotations/README.md)."""
    def strip(x):
        if isinstance(x, dict): return {k: strip(v) for k, v in x.items() if k != "text"}
        return [strip(v) for v in x] if isinstance(x, list) else x
    with open(path_out, "w", encoding="utf-8") as f:
        for g in golds:
            for o in rows(g):
                f.write(json.dumps(strip(o), separators=(",", ":")) + "\n")


def own(sayso_dev, annotations):
    """Sentences of our own writing, kept whole: annotations/own/NAME.articles.jsonl with NAME.events.jsonl, NAME.attributions.jsonl."""
    out = []
    for path in sorted(glob.glob(os.path.join(annotations, "own", "*.articles.jsonl"))):
        texts = prepare(sayso_dev, path); byid = {}
        for kind in ("events", "attributions", "names"):
            gold = path.replace(".articles.", f".{kind}.")
            for g in rows(gold) if os.path.exists(gold) else []:
                p = texts[g["id"]]; tok = p["tokens"]; starts = [t[0] for t in tok]
                a = byid.setdefault(g["id"], Article(g["id"], p["pieces"], p["case"], p["sentences"]))
                if kind == "events": a.events = [x for x in (event(y, tok, starts) for y in g["events"]) if x]
                if kind == "attributions": a.chains = [x for x in (attribution(y, tok, starts) for y in g["attributions"]) if x]
                if kind == "names":
                    a.names = [(w[0], w[1] - 1, [NAMES.index(n["type"])]) for n in g["names"] if (w := words_of(tok, starts, n["start"], n["end"]))]
        out += byid.values()
    return out
