"""CoNLL-U files: sentences of words, and the running text that they were cut from."""
from dataclasses import dataclass, field


@dataclass
class Sentence:
    words: list = field(default_factory=list)      # forms of the syntactic words
    upos: list = field(default_factory=list)
    heads: list = field(default_factory=list)      # 1-based, 0 is the root
    rels: list = field(default_factory=list)
    spans: list = field(default_factory=list)      # [start, end) of each word in Document.text
    doc: str = ""
    new_paragraph: bool = False


def read(path):
    """Sentences in order; words of a multiword token keep their own forms."""
    out, cur, doc, par = [], None, "", False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            doc = line.split("=")[-1].strip(); par = True
        elif line.startswith("# newpar"):
            par = True
        elif line.startswith("#"):
            continue
        elif not line:
            if cur and cur.words:
                out.append(cur)
            cur = None
        else:
            f = line.split("\t")
            if cur is None:
                cur = Sentence(doc=doc, new_paragraph=par); par = False; cur.tokens = []
            if "." in f[0]:
                continue
            space = "SpaceAfter=No" not in f[9]
            if "-" in f[0]:
                a, b = map(int, f[0].split("-")); cur.tokens.append((f[1], b - a + 1, space)); cur.skip = b
                continue
            if int(f[0]) > getattr(cur, "skip", 0):
                cur.tokens.append((f[1], 1, space))
            cur.words.append(f[1]); cur.upos.append(f[3]); cur.heads.append(int(f[6])); cur.rels.append(f[7])
    return out


def documents(sentences):
    """Running text of each document, with `spans` of every word set. [(doc, text, sentences)]."""
    docs = []
    for s in sentences:
        if not docs or docs[-1][0] != s.doc:
            docs.append([s.doc, "", []])
        d = docs[-1]
        if s.new_paragraph and d[1]:
            d[1] = d[1].rstrip(" ") + "\n"
        w = 0
        for form, n, space in s.tokens:
            start = len(d[1]); d[1] += form
            if n == 1:
                s.spans.append((start, len(d[1])))
            else:                                    # the words of a multiword token share it, cut where their forms fit
                at = start
                for k in range(n):
                    end = start + len(form) if k == n - 1 else min(at + len(s.words[w + k]), start + len(form))
                    s.spans.append((at, end)); at = end
            w += n
            if space:
                d[1] += " "
        if not d[1].endswith((" ", "\n")):
            d[1] += ""
        d[2].append(s)
    return docs
