# Built from the root of the repository: docker build -f deploy/docker/dashboard.Dockerfile -t experiments-dashboard .
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish Dashboard -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
COPY --from=build /app /app
USER app
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "/app/Experiments.Dashboard.dll"]
