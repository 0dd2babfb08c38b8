import { releaseIn } from './image-release.ts'

/** When the last release of each minor one came out, which is when its pages were made. */
const releasedMs: Readonly<Record<string, number>> = {
  1.21: Date.UTC(2022, 0, 25, 15, 3, 52),
  1.23: Date.UTC(2023, 2, 28, 15, 1, 54),
  1.24: Date.UTC(2023, 3, 11, 1, 45, 34),
  1.25: Date.UTC(2024, 3, 16, 14, 29, 59),
  1.26: Date.UTC(2025, 1, 5, 11, 6, 32),
  1.27: Date.UTC(2025, 3, 16, 12, 55, 34),
  1.28: Date.UTC(2025, 3, 23, 11, 48, 54),
}
const NEWEST_MS = Date.UTC(2025, 9, 28, 12, 5, 10)

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`

const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
<p>If you are the system administrator of this resource then you should check
the error log for details.</p>
<p><em>Faithfully yours, nginx.</em></p>
</body>
</html>
`

const MAIN = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /var/run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    #tcp_nopush     on;

    keepalive_timeout  65;

    #gzip  on;

    include /etc/nginx/conf.d/*.conf;
}
`

const SITE = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    #access_log  /var/log/nginx/host.access.log  main;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    #error_page  404              /404.html;

    # redirect server error pages to the static page /50x.html
    #
    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`

const TYPES = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    application/json                                 json;
    text/plain                                       txt;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
}
`

/** When the files of a release were made. */
export const nginxMadeMs = (release: string): number =>
  releasedMs[release.split('.').slice(0, 2).join('.')] ?? NEWEST_MS

/** The files that the image of nginx brings, by their paths, with when they were made. */
export const nginxFiles = (
  image: string,
): { readonly texts: Readonly<Record<string, string>>; readonly mtimeMs: number } => ({
  mtimeMs: nginxMadeMs(releaseIn(image)),
  texts: {
    '/etc/nginx/nginx.conf': MAIN,
    '/etc/nginx/mime.types': TYPES,
    '/etc/nginx/conf.d/default.conf': SITE,
    '/usr/share/nginx/html/index.html': WELCOME,
    '/usr/share/nginx/html/50x.html': ERROR_PAGE,
  },
})
