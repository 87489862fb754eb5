# Built from the root of the repository, for CPUs or for NVIDIA GPUs:
#   docker build -f deploy/docker/worker.Dockerfile -t experiments-worker:cpu .
#   docker build -f deploy/docker/worker.Dockerfile -t experiments-worker:cuda --build-arg TORCH=cuda .
# The CUDA libraries come with libtorch; the driver comes from the host, by NVIDIA's container toolkit.
ARG TORCH=cpu

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TORCH
WORKDIR /source
COPY . .
RUN dotnet publish GpuWorker -c Release -p:UseCuda=$([ "$TORCH" = cuda ] && echo true || echo false) -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && install -d -o app -g app /work /datasets /cache
COPY --from=build /app /app
USER app
WORKDIR /work
ENV ASPNETCORE_URLS=http://+:8080 \
    Artifacts__Store=http Artifacts__Root=/work \
    Datasets__Roots__0=/datasets Datasets__Cache=/cache/datasets Worker__WeightsCache=/cache/weights \
    NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
EXPOSE 8080
ENTRYPOINT ["dotnet", "/app/Experiments.GpuWorker.dll"]
