"""Sentence boundaries and words from raw text against a treebank: eval_segment.py SAYSO_DEV FILE.conllu"""
import json, subprocess, sys, tempfile, collections
import conllu
dev, path = sys.argv[1:3]
docs = conllu.documents(conllu.read(path))
with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False, encoding="utf-8") as f:
    for name, text, _ in docs:
        f.write(json.dumps({"id": name, "text": text}) + "\n")
out = [json.loads(l) for l in subprocess.run([dev, "prepare", f.name], capture_output=True, check=True).stdout.splitlines()]
st = collections.Counter(); errs = collections.Counter(); serr = []
for (name, text, sents), p in zip(docs, out):
    gold = {sp for s in sents for sp in s.spans}; mine = {tuple(t) for t in p["tokens"]}
    st["gold"] += len(gold); st["mine"] += len(mine); st["both"] += len(gold & mine)
    for a, b in sorted(gold - mine): errs[text[max(0, a-3):a] + "[" + text[a:b] + "]" + text[b:b+3]] += 1
    ge = {s.spans[-1][1] for s in sents}; me = {p["tokens"][e - 1][1] for _, e, _ in p["sentences"]}
    st["sgold"] += len(ge); st["smine"] += len(me); st["sboth"] += len(ge & me)
    for x in sorted(ge ^ me): serr.append(("miss" if x in ge else "false", text[max(0, x-40):x] + "|" + text[x:x+30]))
f1 = lambda b, g, m: 2 * b / (g + m)
print(f"words F1 {f1(st['both'], st['gold'], st['mine']):.4f}   sentence ends F1 {f1(st['sboth'], st['sgold'], st['smine']):.4f}   ({len(docs)} documents)")
if "-v" in sys.argv:
    for k, v in errs.most_common(70): print(v, repr(k))
    import random; random.Random(1).shuffle(serr)
    for x in serr[:45]: print(x)
