# Diurna as a program in a container: no account, no key, nothing fetched once it is built.
#   docker build -t diurna .
#   docker run --rm diurna demo
#   docker run --rm -v "$PWD:/data" diurna add reports.jsonl

FROM python:3.12-slim AS built
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN python -m venv /opt/diurna \
    && /opt/diurna/bin/python -m pip install --no-cache-dir --disable-pip-version-check '.[postgres,mcp]'

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Diurna" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=built /opt/diurna /opt/diurna
RUN useradd --create-home --uid 10001 reader && mkdir /data && chown reader /data
USER reader
WORKDIR /data
ENV PATH="/opt/diurna/bin:$PATH" PYTHONUNBUFFERED=1 DIURNA_LEDGER=/data/diurna.db
VOLUME /data
EXPOSE 8620
ENTRYPOINT ["diurna"]
CMD ["--help"]
