# The worker, and the starter beside it, on nothing but the certificates of the public authorities.
FROM golang:1.26.9-alpine3.23 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /out/ ./worker ./starter && mkdir -p /data/outbox /data/records

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/ /usr/local/bin/
COPY --from=build --chown=1000:1000 /data/ /var/lib/holdthering/
ENV PATH=/usr/local/bin
USER 1000:1000
ENTRYPOINT ["/usr/local/bin/worker"]
CMD ["--outbox", "/var/lib/holdthering/outbox", "--records", "/var/lib/holdthering/records", \
     "--directory", "/etc/holdthering/directory.csv"]
