using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <summary>Stopping rules hold runs at rungs: docs/decisions/0034-rungs-end-attempts.md.</summary>
    [DbContext(typeof(StateContext))]
    [Migration("20261130233000_StoppingRules")]
    public class StoppingRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "StoppingRule", table: "Sweeps", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<int>(name: "Held", table: "Runs", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "Progress", table: "Runs", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<int>(name: "PromotedTo", table: "Runs", type: "INTEGER", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<string>(name: "Decision", table: "Runs", type: "TEXT", nullable: true);
            migrationBuilder.CreateTable(
                name: "StoppingRecords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    SweepId = table.Column<string>(type: "TEXT", nullable: false),
                    RunId = table.Column<string>(type: "TEXT", nullable: false),
                    Time = table.Column<long>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_StoppingRecords", x => x.Id));
            migrationBuilder.CreateIndex(name: "IX_StoppingRecords_SweepId", table: "StoppingRecords", column: "SweepId");
            migrationBuilder.CreateIndex(name: "IX_StoppingRecords_RunId", table: "StoppingRecords", column: "RunId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "StoppingRecords");

            // EF Core would copy the whole tables, and needs a copy of the model for that.
            migrationBuilder.Sql("ALTER TABLE Sweeps DROP COLUMN StoppingRule");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN Held");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN Progress");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN PromotedTo");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN Decision");
        }
    }
}
