// What a drawing may be made of. Everything else (scripts, foreign documents, links, animations that could set any
// attribute) is left out of it.

const words = (text: string) => new Set(text.trim().split(/\s+/));

export const ELEMENTS = words(`
  svg g defs symbol use switch title desc style image
  path rect circle ellipse line polyline polygon text tspan textPath
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
  feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`);

export const ATTRIBUTES = words(`
  id class style role lang xml:lang xml:space version viewBox preserveAspectRatio systemLanguage
  aria-label aria-labelledby aria-describedby aria-hidden focusable
  x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points dx dy rotate width height transform transform-origin
  textLength lengthAdjust startOffset method spacing side pathLength
  gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight orient refX refY
  filterUnits primitiveUnits in in2 result mode type values tableValues slope intercept amplitude exponent operator
  k1 k2 k3 k4 order kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale
  diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY pointsAtZ z azimuth elevation
  scale xChannelSelector yChannelSelector stdDeviation radius baseFrequency numOctaves seed stitchTiles
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  cursor direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity
  font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight image-rendering
  isolation letter-spacing lighting-color marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
  overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray
  stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
  text-decoration text-rendering unicode-bidi vector-effect visibility word-spacing writing-mode`);

const LOCAL_URL = /url\(\s*(["']?)#[\w.:-]+\1\s*\)/gi;
/** whatever makes CSS fetch or run something, and the backslash that could spell it in another way */
const REACHES_OUT =
  /\\|url\s*\(|src\s*\(|image\s*\(|image-set|cross-fade|element\s*\(|expression\s*\(|-moz-binding|behavior\s*:|:\/\/|(?:java|vb)script\s*:|@(?!media\b|keyframes\b|supports\b)/i;

/** Whether style, in a sheet or an attribute, concerns this drawing alone. */
export function isHarmlessStyle(css: string): boolean {
  return !REACHES_OUT.test(css.replace(LOCAL_URL, ''));
}

const OWN_PART = /^#[^\s"'<>()]+$/;
const OWN_PIXELS = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;

/** Whether a reference stays inside: to a part of the drawing, or for `image` to pixels that it brings along. */
export function isInnerReference(element: string, href: string): boolean {
  return element === 'image' ? OWN_PIXELS.test(href) : OWN_PART.test(href);
}
