using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <inheritdoc />
    public partial class RunsUnderWay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_Key",
                table: "Runs");

            migrationBuilder.DropIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs");

            migrationBuilder.AddColumn<bool>(
                name: "Reuse",
                table: "Sweeps",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.Sql("UPDATE Sweeps SET Reuse = 0 WHERE json_valid(Spec) AND json_extract(Spec, '$.reuse') = 0");

            migrationBuilder.AddColumn<string>(
                name: "WaitsFor",
                table: "Runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Runs_Key",
                table: "Runs",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs",
                columns: new[] { "SweepId", "Cell" },
                filter: "TicketSentAt IS NULL AND WaitsFor IS NULL AND Status IN (0, 1)");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_SweepId_WaitsFor",
                table: "Runs",
                columns: new[] { "SweepId", "WaitsFor" },
                filter: "WaitsFor IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_WaitsFor",
                table: "Runs",
                column: "WaitsFor",
                filter: "WaitsFor IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_Key",
                table: "Runs");

            migrationBuilder.DropIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs");

            migrationBuilder.DropIndex(
                name: "IX_Runs_SweepId_WaitsFor",
                table: "Runs");

            migrationBuilder.DropIndex(
                name: "IX_Runs_WaitsFor",
                table: "Runs");

            migrationBuilder.DropColumn(
                name: "Reuse",
                table: "Sweeps");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                table: "Runs");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_Key",
                table: "Runs",
                column: "Key",
                filter: "Status = 3");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs",
                columns: new[] { "SweepId", "Cell" },
                filter: "TicketSentAt IS NULL AND Status IN (0, 1)");
        }
    }
}
