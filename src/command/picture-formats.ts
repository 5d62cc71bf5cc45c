/** The formats of pictures; apart from what writes them, so that help and completion load none. */
export const pictureFormats = ['mermaid', 'dot', 'svg'] as const;
