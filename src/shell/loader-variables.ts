const names = new Set(
  `PATH BASH_ENV ENV IFS PS0 PS1 PS2 PS4 PROMPT_COMMAND SHELLOPTS BASHOPTS HOME XDG_CONFIG_HOME SHELL
  PYTHONPATH PYTHONSTARTUP PYTHONHOME PERL5LIB PERL5OPT PERL5DB RUBYOPT RUBYLIB NODE_OPTIONS NODE_PATH JAVA_TOOL_OPTIONS _JAVA_OPTIONS
  KUBECTL_EXTERNAL_DIFF SSH_ASKPASS SUDO_ASKPASS TAR_OPTIONS RSYNC_RSH AWKPATH AWKLIBPATH GCONV_PATH LESSOPEN LESSCLOSE
  OPENSSL_CONF OPENSSL_ENGINES OPENSSL_MODULES CURL_HOME WGETRC INPUTRC EXINIT VIMINIT MANOPT GROFF_TMAC DOCKER_CONFIG HELM_PLUGINS`.split(
    /\s+/,
  ),
)
const prefixes = /^(?:LD_|DYLD_|GIT_|BASH_FUNC_|GLIBC_)/
const programs = new Set(
  'PAGER SYSTEMD_PAGER MANPAGER GIT_PAGER EDITOR VISUAL KUBE_EDITOR SYSTEMD_EDITOR SUDO_EDITOR BROWSER LESS'.split(
    ' ',
  ),
)
const trusted = /^(?:|cat|less|more|nano|vi|vim|true|-[A-Za-z]+)$/

/** Tells whether a variable makes programs run other code: a search path, a preload, a start-up file, or a pager or editor that is not a usual one. */
export const isLoaderVariable = (name: string, value: string | undefined): boolean =>
  programs.has(name) ? value === undefined || !trusted.test(value) : names.has(name) || prefixes.test(name)
