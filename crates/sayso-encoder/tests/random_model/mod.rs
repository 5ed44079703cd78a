//! Models with random weights, of any size, for tests and for the speed example.

use std::collections::BTreeMap;

use safetensors::Dtype;
use safetensors::tensor::TensorView;
use sayso_encoder::Window;

/// Sizes of a model.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub vocabulary: usize,
    pub width: usize,
    pub layers: usize,
    pub inner: usize,
    pub arc: usize,
    pub rel: usize,
    pub name: usize,
    pub names: usize,
    pub stack: usize,
    pub max_pieces: usize,
    /// Deviation of the eight-bit weights, in steps.
    pub spread: f32,
}

impl Sizes {
    /// Those of the real model.
    #[allow(dead_code, reason = "not every user of this module needs it")]
    pub const FULL: Sizes = Sizes {
        vocabulary: 30_522,
        width: 384,
        layers: 6,
        inner: 1536,
        arc: 256,
        rel: 256,
        name: 96,
        names: 14,
        stack: 128,
        max_pieces: 256,
        spread: 40.0,
    };

    /// Small ones, none of them round where it need not be.
    #[allow(dead_code, reason = "not every user of this module needs it")]
    pub const SMALL: Sizes = Sizes {
        vocabulary: 300,
        width: 64,
        layers: 2,
        inner: 100,
        arc: 44,
        rel: 36,
        name: 20,
        names: 18,
        stack: 32,
        max_pieces: 96,
        spread: 40.0,
    };
}

/// A tensor of a model.
pub enum Tensor {
    /// Eight bits: `[rows][width]`.
    Bytes(Vec<usize>, Vec<i8>),
    /// Floats.
    Floats(Vec<usize>, Vec<f32>),
}

/// A reproducible source of numbers.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.next() as usize % end
    }

    /// Roughly normal, with variance 1.
    pub fn normal(&mut self) -> f32 {
        let sum: f32 = (0..4).map(|_| self.next() as f32 / (1_u32 << 31) as f32 - 0.5).sum();
        sum * 3.0_f32.sqrt()
    }
}

/// A model with random weights.
pub struct RandomModel {
    pub sizes: Sizes,
    pub tensors: BTreeMap<String, Tensor>,
}

impl RandomModel {
    pub fn new(sizes: Sizes, seed: u64) -> Self {
        let mut model = RandomModel { sizes, tensors: BTreeMap::new() };
        let r = &mut Random(seed);
        let (width, stack) = (sizes.width, sizes.stack);
        model.bytes("word", sizes.vocabulary, width, r);
        model.floats("word.scale", vec![sizes.vocabulary], 0.0, 0.4 / sizes.spread, r);
        model.floats("position", vec![sizes.max_pieces, width], 0.3, 0.0, r);
        model.floats("case", vec![8, width], 0.3, 0.0, r);
        model.norm("embed_norm", width, r);
        for l in 0..sizes.layers {
            model.layer(&format!("layer.{l}"), width, sizes.inner, r);
        }
        model.linear("pos", 17, width, r);
        model.linear("arc.dep", sizes.arc, width, r);
        model.linear("arc.head", sizes.arc, width, r);
        model.linear("arc.u", sizes.arc, sizes.arc, r);
        model.linear("arc.root", 1, sizes.arc, r);
        model.linear("rel.dep", sizes.rel, width, r);
        model.linear("rel.head", sizes.rel, width, r);
        model.linear("rel.out", 37, sizes.rel, r);
        model.linear("name.start", sizes.name, width, r);
        model.linear("name.end", sizes.name, width, r);
        model.linear("name.u", sizes.names * sizes.name, sizes.name, r);
        model.linear("name.a", sizes.names, sizes.name, r);
        model.floats("name.width", vec![14, sizes.names], 0.5, 0.0, r);
        model.linear("anchor.hidden", width, width, r);
        model.linear("anchor.out", 11, width, r);
        for (name, kinds, roles, out) in [("attr", 3, 2, 12), ("event", 1, 10, 44)] {
            model.linear(&format!("{name}.proj"), stack, width, r);
            model.floats(&format!("{name}.kind"), vec![kinds, stack], 0.3, 0.0, r);
            model.floats(&format!("{name}.inside"), vec![2, stack], 0.3, 0.0, r);
            model.floats(&format!("{name}.dist"), vec![33, stack], 0.3, 0.0, r);
            model.norm(&format!("{name}.norm"), stack, r);
            for l in 0..2 {
                model.layer(&format!("{name}.layer.{l}"), stack, 2 * stack, r);
            }
            model.linear(&format!("{name}.roles"), 3 * roles, stack, r);
            model.linear(&format!("{name}.hidden"), 2 * sizes.arc, width + stack, r);
            model.linear(&format!("{name}.out"), out, 2 * sizes.arc, r);
        }
        model.linear("event.of", 7, stack, r);
        model
    }

    fn bytes(&mut self, name: &str, rows: usize, width: usize, r: &mut Random) {
        let values =
            (0..rows * width).map(|_| (r.normal() * self.sizes.spread).clamp(-127.0, 127.0) as i8).collect();
        self.tensors.insert(name.to_owned(), Tensor::Bytes(vec![rows, width], values));
    }

    fn floats(&mut self, name: &str, shape: Vec<usize>, spread: f32, centre: f32, r: &mut Random) {
        let values = (0..shape.iter().product()).map(|_| centre + spread * r.normal()).collect();
        self.tensors.insert(name.to_owned(), Tensor::Floats(shape, values));
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize, r: &mut Random) {
        self.bytes(&format!("{name}.weight"), outputs, inputs, r);
        // Outputs of variance about 1 from inputs of variance 1.
        let scale = 1.0 / self.sizes.spread / (inputs as f32).sqrt();
        self.floats(&format!("{name}.scale"), vec![outputs], scale * 0.2, scale, r);
        self.floats(&format!("{name}.bias"), vec![outputs], 0.2, 0.0, r);
    }

    fn norm(&mut self, name: &str, width: usize, r: &mut Random) {
        self.floats(&format!("{name}.weight"), vec![width], 0.1, 1.0, r);
        self.floats(&format!("{name}.bias"), vec![width], 0.1, 0.0, r);
    }

    fn layer(&mut self, name: &str, width: usize, inner: usize, r: &mut Random) {
        self.linear(&format!("{name}.qkv"), 3 * width, width, r);
        self.linear(&format!("{name}.out"), width, width, r);
        self.linear(&format!("{name}.up"), inner, width, r);
        self.linear(&format!("{name}.down"), width, inner, r);
        self.norm(&format!("{name}.norm1"), width, r);
        self.norm(&format!("{name}.norm2"), width, r);
    }

    /// The configuration that goes with it.
    pub fn config(&self) -> serde_json::Value {
        let labels = |n: usize| (0..n).map(|i| format!("l{i}")).collect::<Vec<_>>();
        serde_json::json!({
            "pos": labels(17),
            "rel": labels(37),
            "names": labels(self.sizes.names),
            "anchors": [
                ["cue_polnear", ["O", "B", "I"]], ["cue_chains", ["O", "B", "I"]],
                ["trigger", ["O", "B", "I"]], ["bare", ["no", "yes"]],
            ],
            "attr": {
                "kinds": labels(3), "roles": ["source", "content"],
                "out": [["real", labels(2)], ["kind", labels(8)], ["asserted", labels(2)]],
            },
            "event": {
                "kinds": ["trigger"], "roles": labels(10),
                "out": [["real", labels(2)], ["type", labels(16)], ["mode", labels(10)], ["status", labels(11)],
                    ["certainty", labels(3)], ["salient", labels(2)]],
                "of": labels(7),
            },
            "arc": self.sizes.arc,
            "max_pieces": self.sizes.max_pieces,
            "name_width": 14,
        })
    }

    /// The weights file.
    pub fn file(&self) -> Vec<u8> {
        self.file_with(&self.config())
    }

    /// The weights file, with another configuration.
    pub fn file_with(&self, config: &serde_json::Value) -> Vec<u8> {
        let raw: Vec<(&String, Dtype, &Vec<usize>, Vec<u8>)> = self
            .tensors
            .iter()
            .map(|(name, tensor)| match tensor {
                Tensor::Bytes(shape, values) => {
                    (name, Dtype::I8, shape, values.iter().map(|v| v.cast_unsigned()).collect())
                }
                Tensor::Floats(shape, values) => {
                    (name, Dtype::F32, shape, values.iter().flat_map(|v| v.to_le_bytes()).collect())
                }
            })
            .collect();
        let views = raw.iter().map(|(name, dtype, shape, data)| {
            (name.as_str(), TensorView::new(*dtype, shape.to_vec(), data).expect("shape and data fit"))
        });
        let metadata = [("config".to_owned(), config.to_string())].into();
        safetensors::serialize(views, Some(metadata)).expect("a file can be made")
    }

    /// A window of `length` pieces, cut into words and sentences at random.
    pub fn window(&self, length: usize, r: &mut Random) -> Window {
        let mut window = Window::default();
        let mut first = 0;
        for piece in 0..length {
            let special = piece == 0 || piece + 1 == length;
            window.pieces.push(r.below(self.sizes.vocabulary) as u16);
            window.cases.push(if special { 0 } else { r.below(8) as u8 });
            if !special && (piece == 1 || r.below(4) > 0) {
                window.words.push(piece);
                if r.below(20) == 0 {
                    window.sentences.push(first..window.words.len());
                    first = window.words.len();
                }
            }
        }
        if first < window.words.len() {
            window.sentences.push(first..window.words.len());
        }
        window
    }
}
