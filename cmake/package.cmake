# The Debian package: cmake --build build/release && cpack --config build/release/CPackConfig.cmake (./dev package).
# What must stay true: Depends come from the libraries the program is linked with; the settings are a conffile.
include(GNUInstallDirs)
install(TARGETS mitwirken RUNTIME DESTINATION bin)
install(FILES packaging/mitwirken.toml DESTINATION /etc/mitwirken)
install(FILES packaging/mitwirken.service packaging/mitwirken-backup.service packaging/mitwirken-backup.timer
  DESTINATION /lib/systemd/system)
install(FILES packaging/nginx.conf DESTINATION share/doc/mitwirken/examples)
install(DIRECTORY docs/operator DESTINATION share/doc/mitwirken)
install(FILES LICENSE DESTINATION share/doc/mitwirken RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME mitwirken)
set(CPACK_PACKAGE_CONTACT "Mitwirken <mitwirken@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "participation platform for municipalities")
set(CPACK_PACKAGE_DESCRIPTION "One program with everything embedded: toolbox of participation formats, procedures, pool,
live dialogues and evaluation. SQLite by default, PostgreSQL by one setting.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser, init-system-helpers (>= 1.54~), ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "nginx-light | httpd, weasyprint, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql, postgresql-client, clamav-daemon")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_SOURCE_DIR}/packaging/debian/conffiles ${CMAKE_SOURCE_DIR}/packaging/debian/postinst
  ${CMAKE_SOURCE_DIR}/packaging/debian/prerm ${CMAKE_SOURCE_DIR}/packaging/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
