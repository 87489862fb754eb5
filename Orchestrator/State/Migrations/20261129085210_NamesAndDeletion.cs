using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <inheritdoc />
    public partial class NamesAndDeletion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "DeletedRuns",
                columns: table => new
                {
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    SweepId = table.Column<string>(type: "TEXT", nullable: false),
                    DeletedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RemovedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletedRuns", x => x.RunId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Runs_ReusedFrom",
                table: "Runs",
                column: "ReusedFrom",
                filter: "ReusedFrom IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DeletedRuns_Pending",
                table: "DeletedRuns",
                column: "DeletedAt",
                filter: "RemovedAt IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeletedRuns");

            migrationBuilder.DropIndex(
                name: "IX_Runs_ReusedFrom",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "Runs");
        }
    }
}
