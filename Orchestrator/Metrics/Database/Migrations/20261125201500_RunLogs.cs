using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.Metrics.Database.Migrations
{
    /// <inheritdoc />
    public partial class RunLogs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // By hand: EF cannot ask for WITHOUT ROWID, without which each line's key would be stored twice.
            migrationBuilder.Sql("""
                CREATE TABLE "LogLines" (
                    "RunId" TEXT NOT NULL,
                    "Attempt" INTEGER NOT NULL,
                    "Sequence" INTEGER NOT NULL,
                    "Time" INTEGER NOT NULL,
                    "Level" INTEGER NOT NULL,
                    "Message" TEXT NOT NULL,
                    "Detail" TEXT NULL,
                    CONSTRAINT "PK_LogLines" PRIMARY KEY ("RunId", "Attempt", "Sequence")
                ) WITHOUT ROWID;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LogLines");
        }
    }
}
