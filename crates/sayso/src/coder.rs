//! The stages in order, on one screen: an [`Article`] in, its [`Coding`] out.

use sayso_encoder::{Model, WeightsError};
use sayso_record::{Article, Coding, VERSION};

use crate::analysis::{Analysis, Labels};
use crate::attribution::{self, AttrLabels};
use crate::encode::{Around, Reader, TOGETHER};
use crate::event::{self, EventLabels, Hedged};
use crate::ground::{date, place};
use crate::record;
use crate::settings::Settings;

/// Why a coder cannot start.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The weights cannot be read.
    #[error("the weights cannot be used: {0}")]
    Weights(String),
    /// The weights are of another network.
    #[error("the weights lack the labels that sayso codes with")]
    Labels,
}

/// Codes articles. One coder serves any number of threads, each with a [`Session`].
///
/// ```
/// use sayso::{Article, Coder};
///
/// let coder = Coder::new()?;
/// let coding = coder.code(&Article {
///     id: "example".into(),
///     text: "Iraqi officials said on Thursday that troops had entered Hawija.".into(),
///     published: Some("2017-10-05".into()),
///     ..Article::default()
/// });
/// for event in &coding.events {
///     let who: Vec<_> = event.chain.iter().collect();
///     println!("{} {} under {who:?}", event.event_type, event.trigger.text);
/// }
/// # Ok::<(), sayso::LoadError>(())
/// ```
pub struct Coder {
    model: &'static Model,
    labels: Labels,
    attr_labels: AttrLabels,
    event_labels: EventLabels,
    settings: Settings,
}

impl Coder {
    /// A coder with the weights that sayso was built with.
    ///
    /// # Errors
    /// When the weights cannot be read, or the processor lacks the kernel that was asked for.
    pub fn new() -> Result<Self, LoadError> {
        let model = Model::builtin().map_err(|e: &WeightsError| LoadError::Weights(e.to_string()))?;
        let config = model.config();
        Ok(Coder {
            labels: Labels::of(config),
            attr_labels: AttrLabels::of(config).ok_or(LoadError::Labels)?,
            event_labels: EventLabels::of(config).ok_or(LoadError::Labels)?,
            settings: Settings::default(),
            model,
        })
    }

    /// The same coder with other thresholds.
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// A session for one thread.
    pub fn session(&self) -> Session<'_> {
        Session { coder: self, reader: Reader::new(self.model) }
    }

    /// Codes one article. For many, keep a [`Session`].
    pub fn code(&self, article: &Article) -> Coding {
        self.session().code(article)
    }
}

/// Codes articles one after the other, with the memory that takes.
pub struct Session<'c> {
    coder: &'c Coder,
    reader: Reader<'static>,
}

impl Session<'_> {
    /// Codes one article.
    pub fn code(&mut self, article: &Article) -> Coding {
        let Coder { labels, attr_labels, event_labels, settings, .. } = self.coder;

        let mut analysis = Analysis::of(&article.text);
        let hedged = Hedged::of(&analysis);
        let (mut attributions, mut events) = (Vec::new(), Vec::new());
        for windows in self.reader.windows(&analysis.text, &analysis.read).chunks(TOGETHER) {
            let scored = self.reader.read(windows);
            analysis.annotate(&scored, &mut self.reader, settings.names.margin);

            let cues = attribution::candidates(&scored, attr_labels, &settings.attribution);
            let chosen: Vec<_> = cues.iter().map(|c| c.chosen.clone()).collect();
            let answers = self.reader.around(&scored, Around::Cue, &chosen);
            attributions.extend(attribution::decide(
                &analysis,
                &cues,
                &answers,
                attr_labels,
                &settings.attribution,
            ));

            let triggers = event::candidates(&scored, event_labels, &settings.event);
            let chosen: Vec<_> = triggers.iter().map(|c| c.chosen.clone()).collect();
            let answers = self.reader.around(&scored, Around::Trigger, &chosen);
            events.extend(event::decide(
                &analysis,
                labels,
                &hedged,
                &triggers,
                &answers,
                event_labels,
                &settings.event,
            ));
        }
        let attributions = attribution::nested(attributions);
        let events = event::fold(&analysis, events);

        let published = article.published.as_deref().and_then(record::published_day);
        let times = date::time_phrases(&analysis.text, &analysis.read, published);
        let toponyms = place::toponyms(&analysis, labels);

        let attribution_records = attribution::records(&analysis, labels, &attributions);
        let (actors, events) = record::events(
            &analysis,
            article,
            &events,
            &attributions,
            &attribution_records,
            &toponyms,
            &times,
        );
        Coding {
            sayso: VERSION,
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            published: article.published.clone(),
            title: article.title.clone(),
            url: article.url.clone(),
            text: article.text.clone(),
            sentences: (0..analysis.read.sentences.len()).map(|s| analysis.read.span(s)).collect(),
            attributions: attribution_records,
            actors,
            places: place::records(&analysis, &toponyms),
            dates: record::dates(&analysis, &times),
            events,
        }
    }
}
