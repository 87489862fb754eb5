using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <summary>Tickets are no longer assigned to runs: docs/decisions/0029-tickets-are-counted.md.</summary>
    [DbContext(typeof(StateContext))]
    [Migration("20261130065000_TicketsUnassigned")]
    public class TicketsUnassigned : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs");

            // EF Core would copy the whole table, and needs a copy of the model for that.
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN TicketSentAt");

            migrationBuilder.CreateIndex(
                name: "IX_Runs_Undispatched",
                table: "Runs",
                columns: new[] { "SweepId", "Cell" },
                filter: "WaitsFor IS NULL AND Status = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Runs_Undispatched",
                table: "Runs");

            migrationBuilder.AddColumn<long>(
                name: "TicketSentAt",
                table: "Runs",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Runs_NeedTicket",
                table: "Runs",
                columns: new[] { "SweepId", "Cell" },
                filter: "TicketSentAt IS NULL AND WaitsFor IS NULL AND Status IN (0, 1)");
        }
    }
}
