using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Experiments.Orchestrator.State.Migrations
{
    /// <summary>Tokens and the audit log: docs/decisions/0035-our-own-tokens.md.</summary>
    [DbContext(typeof(StateContext))]
    [Migration("20261201050000_Access")]
    public class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(name: "TokenId", table: "Attempts", type: "TEXT", nullable: true);
            migrationBuilder.CreateTable(
                name: "AccessTokens",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    User = table.Column<string>(type: "TEXT", nullable: false),
                    Role = table.Column<int>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastUsedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table => table.PrimaryKey("PK_AccessTokens", x => x.Id));
            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false).Annotation("Sqlite:Autoincrement", true),
                    Time = table.Column<long>(type: "INTEGER", nullable: false),
                    User = table.Column<string>(type: "TEXT", nullable: true),
                    TokenName = table.Column<string>(type: "TEXT", nullable: true),
                    Address = table.Column<string>(type: "TEXT", nullable: true),
                    Action = table.Column<string>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    SweepId = table.Column<string>(type: "TEXT", nullable: true),
                    RunId = table.Column<string>(type: "TEXT", nullable: true),
                    WorkerId = table.Column<string>(type: "TEXT", nullable: true),
                    Status = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table => table.PrimaryKey("PK_AuditEntries", x => x.Id));
            migrationBuilder.CreateIndex(name: "IX_AccessTokens_Hash", table: "AccessTokens", column: "Hash", unique: true);
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_SweepId", table: "AuditEntries", column: "SweepId", filter: "SweepId IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_RunId", table: "AuditEntries", column: "RunId", filter: "RunId IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_WorkerId", table: "AuditEntries", column: "WorkerId", filter: "WorkerId IS NOT NULL");
            migrationBuilder.CreateIndex(name: "IX_AuditEntries_User", table: "AuditEntries", column: "User");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "AuditEntries");
            migrationBuilder.DropTable(name: "AccessTokens");

            // EF Core would copy the whole table, and needs a copy of the model for that.
            migrationBuilder.Sql("ALTER TABLE Attempts DROP COLUMN TokenId");
        }
    }
}
