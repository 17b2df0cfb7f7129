# Two images: `app` (pages, worker, timetable) and `proxy` (nginx with the static files).

FROM python:3.11-slim AS app
ENV DJANGO_SETTINGS_MODULE=portal.settings.production \
    PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/exchange/static-collected \
    WEB_BIND=0.0.0.0:8000
WORKDIR /srv/exchange

RUN groupadd --system --gid 10001 exchange \
    && useradd --system --uid 10001 --gid exchange --no-create-home --home-dir /nonexistent exchange \
    && install -d -o exchange -g exchange var

COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock

COPY . .
# The values serve these two commands only; none of them is kept in the image.
RUN SECRET_KEY=build SITE_URL=https://build.example.org ALLOWED_HOSTS=build.example.org \
    EMAIL_URL=dummymail:// sh -c 'python manage.py compilemessages -v0 && python manage.py collectstatic --noinput -v0'

USER exchange
VOLUME /srv/exchange/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(web.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "portal.wsgi"]

FROM nginx:1.28-alpine AS proxy
ENV NGINX_ENVSUBST_FILTER=^EXCHANGE_ \
    EXCHANGE_APP=web:8000 \
    EXCHANGE_STATIC=/srv/static \
    EXCHANGE_CERTIFICATES=/etc/nginx/certificates
RUN echo 'server { listen 127.0.0.1:8081; return 204; }' > /etc/nginx/conf.d/default.conf
COPY --from=app /srv/exchange/static-collected /srv/static
COPY deploy/nginx/exchange.conf.template /etc/nginx/templates/
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --retries=3 \
    CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8081/"]
