//! A site without fault, as small as one can be that has a fact of each type.

/// Paths and texts.
pub const SMALL_SITE: [(&str, &str); 7] = [
    ("content/site.yaml", "format: 1\ntitle: T\nquestion: Q?\ndescription: D\n"),
    ("content/layers/layer-1.yaml", "title: One\norder: 1\nsummary: S\n"),
    ("content/components/prometheus.yaml", "title: Prometheus\nlayer: layer-1\nsummary: S\n"),
    ("content/options/linkerd.yaml", "title: Linkerd\nkind: tool\nsummary: S\n"),
    (
        "content/facts/scale.yaml",
        "services:\n  title: Services\n  question: How many?\n  type: integer\n  unit: services\n\
         needs_mtls:\n  title: mTLS\n  question: Needed?\n  type: boolean\n\
         architecture:\n  title: Architecture\n  question: Which?\n  type: choice\n  options: { monolith: Monolith, microservices: Microservices }\n\
         compliance:\n  title: Compliance\n  question: Which?\n  type: choices\n  options: { gdpr: GDPR, dora: DORA }\n",
    ),
    (
        "content/capabilities/tracing.yaml",
        "title: Tracing\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - id: many\n    text: Many\n    when: services > 5\n\
         not_when:\n  - { text: A monolith, when: architecture == \"monolith\" && !needs_mtls }\n\
         timing:\n  later:\n    - { text: Later, when: '!(\"gdpr\" in compliance)' }\n",
    ),
    ("content/pages/guide.md", "---\ntitle: Guide\n---\n\nText.\n"),
];
