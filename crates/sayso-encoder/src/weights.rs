//! Reading the weights: a safetensors file with its configuration in the metadata.

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use crate::config::Config;
use crate::float::Norm;
use crate::kernel::{Kernel, KernelError, Linear};

/// Weights that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The bytes are no safetensors file.
    #[error("weights cannot be read: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// The metadata lacks the configuration.
    #[error("weights carry no \"config\" in their metadata")]
    NoConfig,
    /// The configuration is not as expected.
    #[error("configuration in the weights: {0}")]
    Config(#[from] serde_json::Error),
    /// A tensor is missing.
    #[error("weights lack the tensor {name:?}")]
    Missing {
        /// The tensor.
        name: String,
    },
    /// A tensor holds numbers of another type.
    #[error("tensor {name:?} holds {found:?} where {expected:?} is expected")]
    Type {
        /// The tensor.
        name: String,
        /// What it holds.
        found: Dtype,
        /// What it should hold.
        expected: Dtype,
    },
    /// A tensor has another shape.
    #[error("tensor {name:?} has shape {found:?} where {expected} is expected")]
    Shape {
        /// The tensor.
        name: String,
        /// Its shape.
        found: Vec<usize>,
        /// The shape it should have.
        expected: String,
    },
    /// The kernel asked for cannot run.
    #[error(transparent)]
    Kernel(#[from] KernelError),
    /// The binary was built without weights.
    #[error("this build holds no weights: crates/sayso-encoder/weights was empty")]
    NotBuiltIn,
}

/// Open weights files.
pub(crate) struct Weights<'b> {
    files: Vec<SafeTensors<'b>>,
    pub kernel: Kernel,
    pub config: Config,
}

impl<'b> Weights<'b> {
    /// Opens the files whose bytes are given. One of them carries the configuration; a tensor is looked for in
    /// their order.
    pub fn open(kernel: Kernel, files: &[&'b [u8]]) -> Result<Self, WeightsError> {
        let mut config = None;
        let mut opened = Vec::with_capacity(files.len());
        for bytes in files {
            let (_, metadata) = SafeTensors::read_metadata(bytes)?;
            if let Some(found) = metadata.metadata().as_ref().and_then(|m| m.get("config")) {
                config = Some(serde_json::from_str(found)?);
            }
            opened.push(SafeTensors::deserialize(bytes)?);
        }
        Ok(Weights { files: opened, kernel, config: config.ok_or(WeightsError::NoConfig)? })
    }

    /// Whether there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.tensor(name).is_ok())
    }

    fn tensor(&self, name: &str, expected: Dtype) -> Result<TensorView<'b>, WeightsError> {
        let missing = || WeightsError::Missing { name: name.to_owned() };
        let tensor = self.files.iter().find_map(|file| file.tensor(name).ok()).ok_or_else(missing)?;
        if tensor.dtype() != expected {
            return Err(WeightsError::Type { name: name.to_owned(), found: tensor.dtype(), expected });
        }
        Ok(tensor)
    }

    /// A table of `f32`: `[rows][width]`, where `None` takes what is there.
    pub fn table(&self, name: &str, rows: Option<usize>, width: usize) -> Result<Vec<f32>, WeightsError> {
        let tensor = self.tensor(name, Dtype::F32)?;
        match *tensor.shape() {
            [r, w] if w == width && r > 0 && rows.is_none_or(|rows| rows == r) => Ok(floats(tensor.data())),
            _ => Err(shape(name, &tensor, rows, width)),
        }
    }

    /// A vector of `width` numbers.
    pub fn vector(&self, name: &str, width: usize) -> Result<Vec<f32>, WeightsError> {
        let tensor = self.tensor(name, Dtype::F32)?;
        match *tensor.shape() {
            [w] if w == width => Ok(floats(tensor.data())),
            _ => Err(WeightsError::Shape {
                name: name.to_owned(),
                found: tensor.shape().to_vec(),
                expected: format!("[{width}]"),
            }),
        }
    }

    /// An eight-bit matrix, `[rows][width]`.
    pub fn bytes(&self, name: &str, rows: Option<usize>, width: usize) -> Result<Vec<i8>, WeightsError> {
        let tensor = self.tensor(name, Dtype::I8)?;
        match *tensor.shape() {
            [r, w] if w == width && r > 0 && rows.is_none_or(|rows| rows == r) => {
                Ok(tensor.data().iter().map(|&b| b.cast_signed()).collect())
            }
            _ => Err(shape(name, &tensor, rows, width)),
        }
    }

    /// The linear map called `name`; `outputs` of `None` takes what is there.
    pub fn linear(&self, name: &str, outputs: Option<usize>, inputs: usize) -> Result<Linear, WeightsError> {
        let parts = self.linear_parts(name, outputs, inputs)?;
        Ok(Linear::new(self.kernel, &parts.weight, inputs, &parts.scale, &parts.bias))
    }

    /// The parts of the linear map called `name`, for those that arrange its outputs.
    pub fn linear_parts(
        &self,
        name: &str,
        outputs: Option<usize>,
        inputs: usize,
    ) -> Result<LinearParts, WeightsError> {
        let weight = self.bytes(&format!("{name}.weight"), outputs, inputs)?;
        let outputs = weight.len() / inputs;
        let scale = self.vector(&format!("{name}.scale"), outputs)?;
        let bias = self.vector(&format!("{name}.bias"), outputs)?;
        Ok(LinearParts { weight, scale, bias })
    }

    /// The norm called `name`.
    pub fn norm(&self, name: &str, width: usize) -> Result<Norm, WeightsError> {
        let weight = self.vector(&format!("{name}.weight"), width)?;
        Ok(Norm::new(weight, self.vector(&format!("{name}.bias"), width)?))
    }

    /// The second dimension of an eight-bit matrix, which must be a multiple of `of`.
    pub fn inputs(&self, name: &str, of: usize) -> Result<usize, WeightsError> {
        let tensor = self.tensor(name, Dtype::I8)?;
        match *tensor.shape() {
            [_, width] if width > 0 && width.is_multiple_of(of) => Ok(width),
            _ => Err(WeightsError::Shape {
                name: name.to_owned(),
                found: tensor.shape().to_vec(),
                expected: format!("[_, a multiple of {of}]"),
            }),
        }
    }

    /// The first dimension of an eight-bit matrix.
    pub fn outputs(&self, name: &str) -> Result<usize, WeightsError> {
        let tensor = self.tensor(name, Dtype::I8)?;
        Ok(tensor.shape().first().copied().unwrap_or(0))
    }
}

/// A linear map as it lies in the file.
pub(crate) struct LinearParts {
    /// `[output][input]`.
    pub weight: Vec<i8>,
    pub scale: Vec<f32>,
    pub bias: Vec<f32>,
}

fn shape(name: &str, tensor: &TensorView<'_>, rows: Option<usize>, width: usize) -> WeightsError {
    let rows = rows.map_or_else(|| "_".to_owned(), |rows| rows.to_string());
    WeightsError::Shape {
        name: name.to_owned(),
        found: tensor.shape().to_vec(),
        expected: format!("[{rows}, {width}]"),
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect()
}
