import { extensionOf } from '#server/platform/storage/stored-name';

/** Extensions of text that people link to in order to show it. HTML is left out: its link is a page. */
const EXTENSIONS = new Set(
  (
    'ada adb ads asm awk bash bat bib bzl c cc cfg clj cljs cmake cmd coffee conf cpp cs csproj css csv cu cxx d dart ' +
    'diff dts dtsi ejs el elm erl ex exs f90 fs fsx gd go gradle graphql groovy h hh hpp hs hxx ini ino ipynb java ' +
    'jl js json json5 jsx kt kts ld less lisp log lua m mak markdown md mjs mk ml mli nim nix patch php pl plist pm ' +
    'po proto ps1 psm1 py pyi pyx r rb rs rst s sass sbt scala scm scss sh sql sv svelte svh swift tcl tex tf toml ' +
    'ts tsv tsx txt v vb vbs vert vhd vhdl vue xml xsd xsl yaml yml zig zsh'
  ).split(' '),
);
const NAMES = new Set([
  'makefile',
  'dockerfile',
  'cmakelists.txt',
  'gemfile',
  'rakefile',
  'jenkinsfile',
  'license',
]);

export function isSourceName(filename: string): boolean {
  const name = filename.toLowerCase();
  return NAMES.has(name) || EXTENSIONS.has(extensionOf(name).slice(1));
}
