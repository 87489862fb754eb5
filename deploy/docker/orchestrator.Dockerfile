# Built from the root of the repository: docker build -f deploy/docker/orchestrator.Dockerfile -t experiments-orchestrator .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish Orchestrator -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
RUN install -d -o app -g app /data /datasets
COPY --from=build /app /app
USER app
WORKDIR /data
ENV ASPNETCORE_URLS=http://+:8080 Storage__Root=/data Datasets__Roots__0=/datasets
EXPOSE 8080
VOLUME /data
ENTRYPOINT ["dotnet", "/app/Experiments.Orchestrator.dll"]
