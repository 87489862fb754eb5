using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <summary>Epochs that several runs train alike are trained once: docs/decisions/0036-stages-are-trained-by-runs.md.</summary>
    [DbContext(typeof(StateContext))]
    [Migration("20261201053000_SharedStages")]
    public class SharedStages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "StageKey", table: "Runs", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<string>(name: "BranchKey", table: "Runs", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<int>(name: "WaitsForEpoch", table: "Runs", type: "INTEGER", nullable: true);
            migrationBuilder.AddColumn<string>(name: "SharedFrom", table: "Runs", type: "TEXT", nullable: true);
            migrationBuilder.AddColumn<int>(name: "SharedEpochs", table: "Runs", type: "INTEGER", nullable: false, defaultValue: 0);
            migrationBuilder.AddColumn<int>(name: "UntilEpoch", table: "Attempts", type: "INTEGER", nullable: true);
            migrationBuilder.CreateIndex(name: "IX_Runs_StageKey", table: "Runs", column: "StageKey", filter: "StageKey IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_Runs_BranchKey", table: "Runs", column: "BranchKey", filter: "BranchKey IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "IX_Runs_StageKey", table: "Runs");
            migrationBuilder.DropIndex(name: "IX_Runs_BranchKey", table: "Runs");

            // EF Core would copy the whole tables, and needs a copy of the model for that.
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN StageKey");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN BranchKey");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN WaitsForEpoch");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN SharedFrom");
            migrationBuilder.Sql("ALTER TABLE Runs DROP COLUMN SharedEpochs");
            migrationBuilder.Sql("ALTER TABLE Attempts DROP COLUMN UntilEpoch");
        }
    }
}
